package dev.penstock.flow.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A schedule that a deployment is to have.
///
/// @param spec the rule, as text that the scheduler reads
/// @param parameters a JSON object, over those of the deployment
/// @param catchUp what becomes of ticks that were missed: ALL, LATEST, NONE; of a backfill also
///   [#MISSING]
/// @param maxActive how many of its runs may be unfinished at once; null for any number
/// @param jitter how much later than its tick a run may begin, at most
public record NewSchedule(
    String spec, String parameters, String catchUp, @Nullable Integer maxActive, Duration jitter) {
  /// All ticks but those whose run has completed already.
  public static final String MISSING = "MISSING";

  public NewSchedule {
    if (maxActive != null && maxActive < 1) {
      throw new IllegalArgumentException(
          "max active runs of a schedule must be at least 1, was " + maxActive);
    }
    if (jitter.isNegative()) {
      throw new IllegalArgumentException(
          "the jitter of a schedule must not be negative, was " + jitter);
    }
  }

  /// The rule, and nothing else.
  public static NewSchedule of(String spec) {
    return new NewSchedule(spec, "{}", "LATEST", null, Duration.ZERO);
  }
}
