package dev.penstock.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/// Dates and times as texts, in ISO 8601 with a `T` or a blank between date and time. The common
/// forms are read by hand, some ten times faster than through a formatter; what a text means that
/// has another form, or is wrong, the formatter says.
final class TimeText {
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT); // or 30 February would be the 28th

  /// Of date and time up to the second.
  private static final int SECOND_ENDS = 19;

  private static final int LONGEST_FRACTION = 9;
  private static final int NO_OFFSET = Integer.MAX_VALUE;

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
      return iso.length() == SECOND_ENDS && startsWithSecond(iso)
          ? plainSecond(iso)
          : LocalDateTime.parse(withT(iso));
    } catch (DateTimeException e) {
      throw new BadText(text, "a local date-time like 2025-11-30T17:05:00");
    }
  }

  static Instant instant(CharSequence text) {
    String iso = text.toString().strip();
    try {
      Instant plain = plainInstant(iso);
      return plain == null ? OffsetDateTime.parse(withT(iso), WITH_OFFSET).toInstant() : plain;
    } catch (DateTimeException e) {
      throw new BadText(text, "an instant like 2025-11-30T17:05:00Z");
    }
  }

  private static String withT(String iso) {
    return iso.length() > 10 && iso.charAt(10) == ' '
        ? iso.substring(0, 10) + 'T' + iso.substring(11)
        : iso;
  }

  private static boolean isPlainDate(String iso) {
    return iso.length() == 10 && fits(iso, "dddd-dd-dd");
  }

  private static boolean startsWithSecond(String iso) {
    return iso.length() >= SECOND_ENDS
        && (fits(iso, "dddd-dd-ddTdd:dd:dd") || fits(iso, "dddd-dd-dd dd:dd:dd"));
  }

  private static boolean fits(String iso, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char c = iso.charAt(i);
      if (wanted == 'd' ? !isDigit(c) : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static LocalDate plainDate(String iso) {
    return LocalDate.of(digits(iso, 0, 4), digits(iso, 5, 7), digits(iso, 8, 10));
  }

  private static LocalDateTime plainSecond(String iso) {
    return LocalDateTime.of(
        plainDate(iso),
        LocalTime.of(digits(iso, 11, 13), digits(iso, 14, 16), digits(iso, 17, 19)));
  }

  /// `2025-11-30T17:05:01.25Z`, and with an offset of hours and minutes; null for all else.
  private static @Nullable Instant plainInstant(String iso) {
    if (!startsWithSecond(iso) || !hasDayAndTime(iso)) {
      return null;
    }
    int end = fractionEnd(iso);
    int offset = end < 0 ? NO_OFFSET : offset(iso, end);
    if (offset == NO_OFFSET) {
      return null;
    }
    long day = plainDate(iso).toEpochDay();
    long second = digits(iso, 11, 13) * 3_600 + digits(iso, 14, 16) * 60 + digits(iso, 17, 19);
    return Instant.ofEpochSecond(day * 86_400 + second - offset, nanos(iso, end));
  }

  /// Whether no part is out of its range; the last days of months are left to the formatter where
  /// some months do not have them.
  private static boolean hasDayAndTime(String iso) {
    int month = digits(iso, 5, 7);
    int day = digits(iso, 8, 10);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= (month == 2 ? 28 : 30)
        && digits(iso, 11, 13) < 24
        && digits(iso, 14, 16) < 60
        && digits(iso, 17, 19) < 60;
  }

  /// Where the fraction of a second ends that may be there; -1 for one without digits, or too many.
  private static int fractionEnd(String iso) {
    if (iso.length() == SECOND_ENDS || iso.charAt(SECOND_ENDS) != '.') {
      return SECOND_ENDS;
    }
    int first = SECOND_ENDS + 1;
    int end = first;
    while (end < iso.length() && isDigit(iso.charAt(end))) {
      end++;
    }
    return end == first || end - first > LONGEST_FRACTION ? -1 : end;
  }

  private static int nanos(String iso, int end) {
    int nanos = 0;
    for (int i = 0; i < LONGEST_FRACTION; i++) {
      int at = SECOND_ENDS + 1 + i;
      nanos = 10 * nanos + (at < end ? iso.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  /// The seconds that an offset at the end of the text stands for.
  private static int offset(String iso, int from) {
    int length = iso.length() - from;
    if (length == 1 && iso.charAt(from) == 'Z') {
      return 0;
    }
    char sign = length == 6 ? iso.charAt(from) : 'Z';
    if (sign != '+' && sign != '-' || !fits(iso.substring(from + 1), "dd:dd")) {
      return NO_OFFSET;
    }
    int hours = digits(iso, from + 1, from + 3);
    int minutes = digits(iso, from + 4, from + 6);
    if (hours > 17 || minutes > 59) {
      return NO_OFFSET;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /// The number that digits stand for.
  private static int digits(String iso, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + (iso.charAt(i) - '0');
    }
    return value;
  }
}
