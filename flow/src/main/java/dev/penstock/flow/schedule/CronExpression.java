package dev.penstock.flow.schedule;

import dev.penstock.data.DidYouMean;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A line of cron that has been read: which local times it allows.
///
/// @param text as it was written
record CronExpression(
    String text,
    CronSet minute,
    CronSet hour,
    CronSet dayOfMonth,
    CronSet month,
    CronSet dayOfWeek) {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /// The calendar repeats after so many years: what does not happen in them never does.
  private static final int CYCLE = 400;

  static CronExpression parse(String text) {
    String[] fields = spelledOut(text).split(" ", -1);
    CronField[] kinds = CronField.values();
    if (fields.length != kinds.length) {
      throw refused(text, List.of(wrongCount(text, fields.length)));
    }
    List<String> problems = new ArrayList<>();
    CronSet[] sets = new CronSet[kinds.length];
    for (CronField kind : kinds) {
      sets[kind.ordinal()] = CronSet.parse(kind, fields[kind.ordinal()], problems);
    }
    if (!problems.isEmpty()) {
      throw refused(text, problems);
    }
    return new CronExpression(text, sets[0], sets[1], sets[2], sets[3], sets[4]);
  }

  private static String spelledOut(String text) {
    if (!text.startsWith("@")) {
      return text;
    }
    String known = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
    if (known == null) {
      throw refused(
          text,
          List.of(
              "it is none of "
                  + String.join(", ", NICKNAMES.keySet().stream().sorted().toList())
                  + DidYouMean.hint(text, NICKNAMES.keySet())));
    }
    return known;
  }

  private static String wrongCount(String text, int found) {
    int count = text.isEmpty() ? 0 : found;
    String all = "minute, hour, day of month, month, day of week";
    return switch (count) {
      case 6, 7 ->
          "it has "
              + count
              + " fields, but there are five: "
              + all
              + "; there are no seconds and no years. For seconds use an interval";
      default -> "it must have five fields, " + all + ", and has " + count;
    };
  }

  private static ScheduleRefused refused(String text, List<String> problems) {
    return new ScheduleRefused("cron line \"" + text + "\"", problems);
  }

  /// Whether it goes by what the clock shows when clocks change.
  boolean isWild() {
    return minute.isStar() || hour.isStar();
  }

  /// Whether a day is one of its days. When both fields of days are restricted, one suffices.
  boolean allows(LocalDate date) {
    if (!month.has(date.getMonthValue())) {
      return false;
    }
    boolean ofMonth =
        dayOfMonth.has(date.getDayOfMonth())
            || dayOfMonth.days().stream().anyMatch(rule -> rule.matches(date));
    boolean ofWeek =
        dayOfWeek.has(date.getDayOfWeek().getValue() % 7)
            || dayOfWeek.days().stream().anyMatch(rule -> rule.matches(date));
    return dayOfMonth.isStar() || dayOfWeek.isStar() ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  /// The first minute it allows at or after one; empty when there is none in all the years that the
  /// calendar takes to repeat.
  Optional<LocalDateTime> from(LocalDateTime earliest) {
    LocalDate last = earliest.toLocalDate().plusYears(CYCLE);
    LocalDate date = earliest.toLocalDate();
    int minuteOfDay = minuteOfDay(earliest.toLocalTime());
    while (!date.isAfter(last)) {
      if (!month.has(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        minuteOfDay = 0;
        continue;
      }
      int found = allows(date) ? timeFrom(minuteOfDay) : -1;
      if (found >= 0) {
        return Optional.of(date.atTime(found / 60, found % 60));
      }
      date = date.plusDays(1);
      minuteOfDay = 0;
    }
    return Optional.empty();
  }

  /// The first whole minute of the day at or after a time; it may be the one after the last.
  private static int minuteOfDay(LocalTime time) {
    return (int) ((time.toNanoOfDay() + 59_999_999_999L) / 60_000_000_000L);
  }

  /// The first allowed minute of a day at or after one; -1 for none.
  private int timeFrom(int minuteOfDay) {
    int first = minuteOfDay / 60;
    for (int h = hour.values().nextSetBit(first); h >= 0; h = hour.values().nextSetBit(h + 1)) {
      int m = minute.values().nextSetBit(h == first ? minuteOfDay % 60 : 0);
      if (m >= 0) {
        return h * 60 + m;
      }
    }
    return -1;
  }

  void requirePossible() {
    if (from(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
      throw refused(
          text,
          List.of(
              "it can never happen: no month \"%s\" has a day of month \"%s\"%s; for the last day"
                      .formatted(
                          month.text(),
                          dayOfMonth.text(),
                          dayOfWeek.text().equals("*")
                              ? ""
                              : " and day of week \"" + dayOfWeek.text() + "\"")
                  + " of a month write L"));
    }
  }
}
