package dev.penstock.pipeline.plan;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/// How long to wait before each retry.
public sealed interface Delays extends Serializable {

  /// The delay before retry `n`, counted from 1.
  Duration before(int n);

  /// The same delay each time.
  record Fixed(Duration delay) implements Delays {
    public Fixed {
      requireNotNegative(delay);
    }

    @Override
    public Duration before(int n) {
      return delay;
    }
  }

  /// The delays of a list, then its last one.
  record Listed(List<Duration> delays) implements Delays {
    public Listed {
      delays = List.copyOf(delays);
      if (delays.isEmpty()) {
        throw new IllegalArgumentException("retry delays must name at least one delay");
      }
      delays.forEach(Delays::requireNotNegative);
    }

    @Override
    public Duration before(int n) {
      return delays.get(Math.min(n, delays.size()) - 1);
    }
  }

  /// `first`, twice that, four times that, at most `longest`.
  record Exponential(Duration first, Duration longest) implements Delays {
    public Exponential {
      requireNotNegative(first);
      if (longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "the longest retry delay " + longest + " must not be shorter than the first " + first);
      }
    }

    @Override
    public Duration before(int n) {
      long factor = 1L << Math.min(n - 1, 30);
      return first.compareTo(longest.dividedBy(factor)) > 0 ? longest : first.multipliedBy(factor);
    }
  }

  private static void requireNotNegative(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a retry delay must not be negative, was " + delay);
    }
  }
}
