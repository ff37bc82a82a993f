package dev.penstock.pipeline.plan;

import java.time.Duration;

/// A limit of so many in any window of a length: at no moment do more than `count` lie within the
/// last `per`.
///
/// @param count at least 1
/// @param per the length of the window, positive
/// @param burst how many may come at once; 1 spreads them evenly, `count` lets a full window
///   through as fast as it can
public record Rate(int count, Duration per, int burst) implements java.io.Serializable {
  public Rate {
    if (count < 1) {
      throw new IllegalArgumentException("rate count must be at least 1, was " + count);
    }
    if (!per.isPositive()) {
      throw new IllegalArgumentException("rate window must be positive, was " + per);
    }
    if (burst < 1 || burst > count) {
      throw new IllegalArgumentException(
          "burst must be from 1 to the count " + count + ", was " + burst);
    }
  }

  /// Evenly spread.
  public static Rate of(int count, Duration per) {
    return new Rate(count, per, 1);
  }

  /// The same limit with `burst` of them allowed at once.
  public Rate burst(int burst) {
    return new Rate(count, per, burst);
  }

  @Override
  public String toString() {
    return count + "/" + Durations.text(per) + (burst == 1 ? "" : ".burst(" + burst + ")");
  }
}
