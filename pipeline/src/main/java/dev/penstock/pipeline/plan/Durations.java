package dev.penstock.pipeline.plan;

import java.time.Duration;

/// Durations as people write them: `250ms`, `5s`, `1m30s`.
public final class Durations {
  private Durations() {}

  /// A short text of the duration, exact down to the nanosecond.
  public static String text(Duration d) {
    if (d.toNanos() % 1_000_000 != 0) {
      return d.toNanos() + "ns";
    }
    if (d.toMillis() % 1000 != 0) {
      return d.toMillis() + "ms";
    }
    return d.isZero() ? "0s" : d.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  /// The nanoseconds of a duration; the largest `long` where they are too many.
  public static long nanos(Duration d) {
    try {
      return d.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
