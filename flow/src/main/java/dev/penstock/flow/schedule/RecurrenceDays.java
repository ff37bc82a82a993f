package dev.penstock.flow.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.Set;

/// Which days a recurrence rule allows; an empty set allows all.
///
/// @param monthDays negative ones from the end, as in all sets but the months
/// @param weekdays with ordinals within the month or the year, 0 for each
/// @param ordinalsOfMonth whether ordinals count in the month
record RecurrenceDays(
    Set<Integer> months,
    Set<Integer> weekNumbers,
    Set<Integer> yearDays,
    Set<Integer> monthDays,
    Set<Weekday> weekdays,
    boolean ordinalsOfMonth,
    DayOfWeek weekStart) {

  /// `2FR`: the second Friday; with -1 the last, with 0 each.
  record Weekday(int ordinal, DayOfWeek day) {}

  boolean allowsMonth(LocalDate date) {
    return months.isEmpty() || months.contains(date.getMonthValue());
  }

  boolean allows(LocalDate date) {
    return allowsMonth(date)
        && allowsWeek(date)
        && in(yearDays, date.getDayOfYear(), date.lengthOfYear())
        && in(monthDays, date.getDayOfMonth(), date.lengthOfMonth())
        && (weekdays.isEmpty() || weekdays.stream().anyMatch(weekday -> is(weekday, date)));
  }

  private boolean allowsWeek(LocalDate date) {
    if (weekNumbers.isEmpty()) {
      return true;
    }
    WeekFields weeks = WeekFields.of(weekStart, 4);
    return in(
        weekNumbers,
        date.get(weeks.weekOfWeekBasedYear()),
        (int) date.range(weeks.weekOfWeekBasedYear()).getMaximum());
  }

  private boolean is(Weekday weekday, LocalDate date) {
    if (date.getDayOfWeek() != weekday.day()) {
      return false;
    }
    int position = ordinalsOfMonth ? date.getDayOfMonth() : date.getDayOfYear();
    int length = ordinalsOfMonth ? date.lengthOfMonth() : date.lengthOfYear();
    return weekday.ordinal() == 0
        || weekday.ordinal() == (position + 6) / 7
        || weekday.ordinal() == -((length - position + 7) / 7);
  }

  private static boolean in(Set<Integer> allowed, int position, int length) {
    return allowed.isEmpty()
        || allowed.contains(position)
        || allowed.contains(position - length - 1);
  }
}
