package dev.penstock.flow.store;

import java.time.Duration;

/// How many may do something at once.
///
/// @param title what people call it, such as `deployment ingest/nightly`
/// @param slots how many; 0 for nobody
/// @param decay how long a slot stays taken after it was given back, which makes it a limit of how
///   often; zero for not at all
/// @param collision what becomes of a flow run that finds no slot; of tasks, they wait
/// @param grace how long such a run may wait before it is cancelled or fails, counted from when it
///   was due
public record Limit(
    LimitKey key, String title, int slots, Duration decay, Collision collision, Duration grace) {
  /// A store takes no limit of more: it holds a row for each slot.
  public static final int MOST_SLOTS = 10_000;

  private static final Duration LONGEST = Duration.ofDays(36_525);

  public Limit {
    if (slots < 0) {
      throw new IllegalArgumentException("the limit " + key + " must be at least 0, was " + slots);
    }
    if (isOutOfRange(decay) || isOutOfRange(grace)) {
      throw new IllegalArgumentException(
          "decay and grace of the limit "
              + key
              + " must be from 0 to 100 years, were "
              + decay
              + " and "
              + grace);
    }
  }

  private static boolean isOutOfRange(Duration time) {
    return time.isNegative() || time.compareTo(LONGEST) > 0;
  }

  /// So many at once; others wait.
  public static Limit of(LimitKey key, int slots) {
    return new Limit(key, key.toString(), slots, Duration.ZERO, Collision.ENQUEUE, Duration.ZERO);
  }

  /// What becomes of a flow run that finds no slot.
  public enum Collision {
    /// It waits.
    ENQUEUE,
    /// It is cancelled.
    CANCEL_NEW,
    FAIL
  }
}
