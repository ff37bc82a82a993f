package dev.penstock.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// The stretch of time whose data a scheduled run is for: from the tick before to its own. A flow
/// takes it as a parameter.
///
/// @param from inclusive
/// @param to exclusive; the tick itself. The same as `from` when a schedule has no tick before
public record DataInterval(Instant from, Instant to) {
  public DataInterval {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "a data interval must not end before it begins, was " + from + " to " + to);
    }
  }

  /// Whether an instant lies in it.
  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
