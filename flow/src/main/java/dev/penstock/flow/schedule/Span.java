package dev.penstock.flow.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stretch of time in which a schedule has ticks.
///
/// @param start inclusive; null for always
/// @param end exclusive; null for ever
public record Span(@Nullable Instant start, @Nullable Instant end) {
  /// Without bounds.
  public static final Span ALWAYS = new Span(null, null);

  public Span {
    if (start != null && end != null && !end.isAfter(start)) {
      throw new ScheduleRefused(
          "schedule", List.of("its end " + end + " must be after its start " + start));
    }
  }

  public static Span from(Instant start) {
    return new Span(start, null);
  }

  public static Span until(Instant end) {
    return new Span(null, end);
  }

  boolean isOver(Instant instant) {
    return end != null && !instant.isBefore(end);
  }

  /// The instant, or the one right before the start if that is later.
  Instant notBefore(Instant after) {
    return start == null || !start.isAfter(after) ? after : start.minusNanos(1);
  }
}
