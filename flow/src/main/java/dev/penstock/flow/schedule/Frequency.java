package dev.penstock.flow.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;

/// The periods of a recurrence rule, from the longest to the shortest. Periods are numbered, so
/// that an interval is a remainder.
enum Frequency {
  YEARLY,
  MONTHLY,
  WEEKLY,
  DAILY,
  HOURLY,
  MINUTELY,
  SECONDLY;

  boolean isFinerThan(Frequency other) {
    return compareTo(other) > 0;
  }

  /// The number of the period that a time lies in.
  long index(LocalDateTime time, DayOfWeek weekStart) {
    long day = time.toLocalDate().toEpochDay();
    int second = time.toLocalTime().toSecondOfDay();
    return switch (this) {
      case YEARLY -> time.getYear();
      case MONTHLY -> time.getLong(ChronoField.PROLEPTIC_MONTH);
      case WEEKLY -> Math.floorDiv(day - firstWeek(weekStart), 7L);
      case DAILY -> day;
      case HOURLY -> day * 24 + second / 3600;
      case MINUTELY -> day * 1440 + second / 60;
      case SECONDLY -> day * 86_400 + second;
    };
  }

  /// The first moment of a period.
  LocalDateTime begin(long index, DayOfWeek weekStart) {
    return switch (this) {
      case YEARLY -> LocalDate.of((int) index, 1, 1).atStartOfDay();
      case MONTHLY ->
          LocalDate.of((int) Math.floorDiv(index, 12L), Math.floorMod(index, 12) + 1, 1)
              .atStartOfDay();
      case WEEKLY -> LocalDate.ofEpochDay(index * 7 + firstWeek(weekStart)).atStartOfDay();
      case DAILY -> LocalDate.ofEpochDay(index).atStartOfDay();
      case HOURLY -> ofSeconds(index * 3600);
      case MINUTELY -> ofSeconds(index * 60);
      case SECONDLY -> ofSeconds(index);
    };
  }

  /// The epoch day of the week numbered 0; day 0 was a Thursday.
  private static long firstWeek(DayOfWeek weekStart) {
    return weekStart.getValue() - DayOfWeek.THURSDAY.getValue();
  }

  private static LocalDateTime ofSeconds(long seconds) {
    return LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L))
        .atStartOfDay()
        .plusSeconds(Math.floorMod(seconds, 86_400));
  }
}
