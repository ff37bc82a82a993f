package dev.penstock.flow.store;

import java.time.Duration;

/// Which finished flow runs are kept. What is deleted goes with its subflows, tasks, results, logs
/// and artifacts.
///
/// @param age for how long after their end
/// @param perFlow how many of each flow, the newest; older ones go earlier
/// @param step how many runs, at most, are deleted in one transaction
public record Retained(Duration age, int perFlow, int step) {
  private static final Duration LONGEST = Duration.ofDays(99_999);

  /// 30 days, and 10,000 runs of each flow.
  public static final Retained DEFAULT = new Retained(Duration.ofDays(30), 10_000, 50);

  public Retained {
    if (age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "runs can be kept for 99,999 days at most, was " + age.toDays());
    }
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("runs must be kept for some time, was " + age);
    }
    if (perFlow < 1 || step < 1) {
      throw new IllegalArgumentException(
          "the number of runs to keep of a flow, and to delete at once, must be at least 1, were "
              + perFlow
              + " and "
              + step);
    }
  }

  /// The same steps for another time and number.
  Retained with(Duration keptFor, int kept) {
    return new Retained(keptFor, kept, step);
  }
}
