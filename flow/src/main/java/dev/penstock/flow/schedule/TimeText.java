package dev.penstock.flow.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/// Times as people write them.
public final class TimeText {
  private static final String DATE = "2026-01-31";

  private TimeText() {}

  /// `2026-01-31T06:00:00Z`, the same with an offset, or a local time or date in the zone.
  ///
  /// @param what the text is, for the message
  /// @throws IllegalArgumentException when it is none of these, or lies beyond the years that have
  ///   ticks
  public static Instant parse(String what, String text, ZoneId zone) {
    Instant time = read(what, text, zone);
    if (time.isBefore(Ticks.EARLIEST) || time.isAfter(Ticks.LATEST)) {
      throw new IllegalArgumentException(
          what + " must lie in the years 1800 to 9999, was \"" + text + "\"");
    }
    return time;
  }

  private static Instant read(String what, String text, ZoneId zone) {
    try {
      if (text.length() <= DATE.length()) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime local
          ? local.atZone(zone).toInstant()
          : Instant.from(time);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          what
              + " must be a time such as "
              + DATE
              + ", 2026-01-31T06:00 or 2026-01-31T05:00:00Z, was \""
              + text
              + "\"");
    }
  }
}
