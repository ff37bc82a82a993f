package dev.penstock.pipeline.plan;

import java.time.Duration;

/// How long a batch may stay open after its first record.
public record Within(Duration duration) implements java.io.Serializable {
  public Within {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("within must be positive, was " + duration);
    }
  }

  @Override
  public String toString() {
    return "within " + Durations.text(duration);
  }
}
