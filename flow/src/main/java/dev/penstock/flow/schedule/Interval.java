package dev.penstock.flow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One tick each so often, at `anchor + n · every` for every whole n, negative ones too.
///
/// Whole days are days of the clock in the zone: the anchor's local time is kept when clocks
/// change, and a tick that the clock leaves out comes right after the change. Any other duration is
/// exact. For exactly 24 hours, take UTC.
///
/// @param every from 1 s to 100 years
public record Interval(Duration every, Instant anchor, ZoneId zone, Span span) implements Schedule {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /// @throws ScheduleRefused when `every` is too short or too long, or the anchor beyond all
  ///   calendars
  public Interval {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(span, "span");
    if (every.compareTo(SHORTEST) < 0) {
      throw new ScheduleRefused(
          "interval", List.of("it must be at least 1 s (PT1S), was " + every));
    }
    if (every.compareTo(LONGEST) > 0) {
      throw new ScheduleRefused(
          "interval", List.of("it must be at most 100 years (P36525D), was " + every));
    }
    if (anchor.isBefore(Ticks.EARLIEST) || anchor.isAfter(Ticks.LATEST)) {
      throw new ScheduleRefused(
          "interval", List.of("its anchor must lie in the years 1800 to 9999, was " + anchor));
    }
  }

  public Interval(Duration every, Instant anchor, ZoneId zone) {
    this(every, anchor, zone, Span.ALWAYS);
  }

  @Override
  public Interval within(Span span) {
    return new Interval(every, anchor, zone, span);
  }

  boolean isOfDays() {
    return every.equals(Duration.ofDays(every.toDays()));
  }

  @Override
  public String describe() {
    return "every %s from %s (%s)".formatted(length(), anchor.atZone(zone).toLocalDateTime(), zone);
  }

  private String length() {
    if (isOfDays()) {
      return every.toDays() == 1 ? "day" : every.toDays() + " days";
    }
    return every.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("([hms])(?=.)", "$1 ");
  }
}
