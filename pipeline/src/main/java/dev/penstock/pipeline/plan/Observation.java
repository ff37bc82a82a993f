package dev.penstock.pipeline.plan;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When an `observe` step reports, and to whom.
///
/// @param every report after each so many records or failures; 0 for powers of two
/// @param interval report at such intervals instead; null for none
/// @param to who is told; null for the log
public record Observation(long every, @Nullable Duration interval, @Nullable Action<Observed> to)
    implements Serializable {
  /// At powers of two, to the log.
  public static final Observation DEFAULT = new Observation(0, null, null);

  public Observation {
    if (every < 0) {
      throw new IllegalArgumentException("observe every must be at least 1, was " + every);
    }
    if (interval != null && !interval.isPositive()) {
      throw new IllegalArgumentException("observe interval must be positive, was " + interval);
    }
  }

  /// After each so many records or failures.
  public static Observation every(long records) {
    if (records < 1) {
      throw new IllegalArgumentException("observe every must be at least 1, was " + records);
    }
    return new Observation(records, null, null);
  }

  /// At such intervals.
  public static Observation every(Duration interval) {
    return new Observation(0, interval, null);
  }

  /// The same, told to this action instead of the log; what it throws is logged once and ignored.
  public Observation to(Action<Observed> action) {
    return new Observation(every, interval, action);
  }
}
