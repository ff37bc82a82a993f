package dev.penstock.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Dates and times as texts, in ISO 8601 with a `T` or a blank between date and time.
final class TimeText {
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private TimeText() {}

  static LocalDate date(CharSequence text) {
    String iso = text.toString().strip();
    try {
      return isPlainDate(iso) ? plainDate(iso) : LocalDate.parse(iso);
    } catch (DateTimeException e) {
      throw new BadText(text, "a date like 2025-11-30");
    }
  }

  static LocalTime time(CharSequence text) {
    try {
      return LocalTime.parse(text.toString().strip());
    } catch (DateTimeException e) {
      throw new BadText(text, "a time like 17:05:00");
    }
  }

  static LocalDateTime localDateTime(CharSequence text) {
    String iso = text.toString().strip();
    try {
      return isPlainSecond(iso) ? plainSecond(iso) : LocalDateTime.parse(withT(iso));
    } catch (DateTimeException e) {
      throw new BadText(text, "a local date-time like 2025-11-30T17:05:00");
    }
  }

  static Instant instant(CharSequence text) {
    try {
      return OffsetDateTime.parse(withT(text.toString().strip()), WITH_OFFSET).toInstant();
    } catch (DateTimeException e) {
      throw new BadText(text, "an instant like 2025-11-30T17:05:00Z");
    }
  }

  private static String withT(String iso) {
    return iso.length() > 10 && iso.charAt(10) == ' '
        ? iso.substring(0, 10) + 'T' + iso.substring(11)
        : iso;
  }

  /// The common forms are read by hand: some ten times faster than through a formatter.
  private static boolean isPlainDate(String iso) {
    return iso.length() == 10 && fits(iso, "dddd-dd-dd");
  }

  private static boolean isPlainSecond(String iso) {
    return iso.length() == 19
        && (fits(iso, "dddd-dd-ddTdd:dd:dd") || fits(iso, "dddd-dd-dd dd:dd:dd"));
  }

  private static boolean fits(String iso, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char c = iso.charAt(i);
      if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static LocalDate plainDate(String iso) {
    return LocalDate.of(digits(iso, 0, 4), digits(iso, 5, 7), digits(iso, 8, 10));
  }

  private static LocalDateTime plainSecond(String iso) {
    return LocalDateTime.of(
        plainDate(iso),
        LocalTime.of(digits(iso, 11, 13), digits(iso, 14, 16), digits(iso, 17, 19)));
  }

  private static int digits(String iso, int from, int to) {
    return Integer.parseInt(iso, from, to, 10);
  }
}
