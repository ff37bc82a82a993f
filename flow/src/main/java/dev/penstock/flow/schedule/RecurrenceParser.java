package dev.penstock.flow.schedule;

import dev.penstock.data.DidYouMean;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Reads a recurrence rule, and collects all that is wrong with it.
final class RecurrenceParser {
  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final List<String> PARTS =
      List.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "UNTIL",
          "WKST",
          "BYSECOND",
          "BYMINUTE",
          "BYHOUR",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final LocalDateTime start;

  private RecurrenceParser(LocalDateTime start) {
    this.start = start;
  }

  static Recurrence parse(String text, LocalDateTime start) {
    RecurrenceParser parser = new RecurrenceParser(start);
    parser.split(text);
    Optional<Frequency> frequency = parser.frequency();
    Optional<Recurrence> read = frequency.map(parser::recurrence);
    if (!parser.problems.isEmpty() || read.isEmpty()) {
      throw new ScheduleRefused("rule \"" + text + "\"", parser.problems);
    }
    return read.get();
  }

  private void split(String text) {
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!PARTS.contains(name)) {
        problems.add("\"%s\" is no part of a rule%s".formatted(name, DidYouMean.hint(name, PARTS)));
      } else if (equals < 0 || equals == part.length() - 1) {
        problems.add(name + " has no value");
      } else if (parts.put(name, part.substring(equals + 1)) != null) {
        problems.add(name + " is given twice");
      }
    }
  }

  private Optional<Frequency> frequency() {
    String given = parts.get("FREQ");
    List<String> names = IntStream.range(0, 7).mapToObj(i -> Frequency.values()[i].name()).toList();
    if (given != null && names.contains(given)) {
      return Optional.of(Frequency.valueOf(given));
    }
    problems.add(
        given == null
            ? "FREQ is missing; it is one of " + String.join(", ", names)
            : "FREQ must be one of %s, was \"%s\"".formatted(String.join(", ", names), given));
    return Optional.empty();
  }

  private Recurrence recurrence(Frequency frequency) {
    RecurrenceDays days = days(frequency);
    RecurrenceTimes times =
        new RecurrenceTimes(
            times("BYHOUR", 23, frequency, Frequency.DAILY, start.getHour()),
            times("BYMINUTE", 59, frequency, Frequency.HOURLY, start.getMinute()),
            times("BYSECOND", 59, frequency, Frequency.MINUTELY, start.getSecond()));
    Set<Integer> positions = numbers("BYSETPOS", 1, 366, true);
    refuseCombinations(frequency);
    return new Recurrence(
        frequency, positive("INTERVAL", 1), days, times, positions, limit(), start);
  }

  private void refuseCombinations(Frequency frequency) {
    refuse("BYWEEKNO", frequency != Frequency.YEARLY, "FREQ=YEARLY");
    refuse(
        "BYYEARDAY",
        Set.of(Frequency.MONTHLY, Frequency.WEEKLY, Frequency.DAILY).contains(frequency),
        "FREQ=YEARLY, HOURLY, MINUTELY or SECONDLY");
    refuse("BYMONTHDAY", frequency == Frequency.WEEKLY, "another FREQ than WEEKLY");
    boolean alone = parts.keySet().stream().filter(name -> name.startsWith("BY")).count() < 2;
    refuse("BYSETPOS", alone, "another part that begins with BY");
    if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
      problems.add("COUNT and UNTIL exclude each other; write one of them");
    }
  }

  private void refuse(String part, boolean bad, String needed) {
    if (bad && parts.containsKey(part)) {
      problems.add(part + " needs " + needed);
    }
  }

  private RecurrenceDays days(Frequency frequency) {
    Set<Integer> months = numbers("BYMONTH", 1, 12, false);
    Set<Integer> weekNumbers = numbers("BYWEEKNO", 1, 53, true);
    Set<Integer> yearDays = numbers("BYYEARDAY", 1, 366, true);
    Set<Integer> monthDays = numbers("BYMONTHDAY", 1, 31, true);
    Set<RecurrenceDays.Weekday> weekdays = weekdays(frequency);
    boolean noDay = yearDays.isEmpty() && monthDays.isEmpty() && weekdays.isEmpty();
    if (noDay && (frequency == Frequency.WEEKLY || !weekNumbers.isEmpty())) {
      weekdays = Set.of(new RecurrenceDays.Weekday(0, start.getDayOfWeek()));
    } else if (noDay && Set.of(Frequency.YEARLY, Frequency.MONTHLY).contains(frequency)) {
      monthDays = Set.of(start.getDayOfMonth());
      if (frequency == Frequency.YEARLY && months.isEmpty()) {
        months = Set.of(start.getMonthValue());
      }
    }
    boolean ofMonth = frequency == Frequency.MONTHLY || parts.containsKey("BYMONTH");
    DayOfWeek weekStart = day("WKST", parts.getOrDefault("WKST", "MO")).orElse(DayOfWeek.MONDAY);
    return new RecurrenceDays(
        months, weekNumbers, yearDays, monthDays, weekdays, ofMonth, weekStart);
  }

  private Set<RecurrenceDays.Weekday> weekdays(Frequency frequency) {
    Set<RecurrenceDays.Weekday> found = new HashSet<>();
    if (!parts.containsKey("BYDAY")) {
      return found;
    }
    for (String item : parts.get("BYDAY").split(",", -1)) {
      if (!item.matches("([+-]?([1-9]|[1-4]\\d|5[0-3]))?[A-Z]{2}")) {
        problems.add("BYDAY must be like FR, 2FR or -1FR, was \"" + item + "\"");
        continue;
      }
      String ordinal = item.substring(0, item.length() - 2);
      Optional<DayOfWeek> day = day("BYDAY", item.substring(ordinal.length()));
      if (!ordinal.isEmpty()
          && (frequency.isFinerThan(Frequency.MONTHLY) || parts.containsKey("BYWEEKNO"))) {
        problems.add(
            "BYDAY \"%s\" needs FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO".formatted(item));
      } else if (day.isPresent()) {
        int number = ordinal.isEmpty() ? 0 : Integer.parseInt(ordinal);
        found.add(new RecurrenceDays.Weekday(number, day.get()));
      }
    }
    return found;
  }

  private Optional<DayOfWeek> day(String part, String name) {
    int index = DAYS.indexOf(name);
    if (index < 0) {
      problems.add("%s must be of %s, was \"%s\"".formatted(part, String.join(", ", DAYS), name));
      return Optional.empty();
    }
    return Optional.of(DayOfWeek.of(index + 1));
  }

  /// Those given; else the start's for periods that are longer, and all for shorter ones.
  private NavigableSet<Integer> times(
      String part, int max, Frequency frequency, Frequency longest, int ofStart) {
    NavigableSet<Integer> given = numbers(part, 0, max, false);
    if (given.isEmpty() && frequency.isFinerThan(longest)) {
      IntStream.rangeClosed(0, max).forEach(given::add);
    } else if (given.isEmpty()) {
      given.add(ofStart);
    }
    return given;
  }

  private NavigableSet<Integer> numbers(String part, int min, int max, boolean signed) {
    NavigableSet<Integer> found = new TreeSet<>();
    String value = parts.get(part);
    for (String item : value == null ? List.<String>of() : List.of(value.split(",", -1))) {
      boolean number = item.matches(signed ? "[+-]?\\d{1,3}" : "\\d{1,3}");
      int read = number ? Integer.parseInt(item) : min - 1;
      if (!number || Math.abs(read) < min || Math.abs(read) > max) {
        String range = min + " to " + max + (signed ? " or -" + min + " to -" + max : "");
        problems.add("%s must be %s, was \"%s\"".formatted(part, range, item));
      } else {
        found.add(read);
      }
    }
    return found;
  }

  private int positive(String part, int absent) {
    String value = parts.get(part);
    if (value == null) {
      return absent;
    }
    if (value.matches("[1-9]\\d{0,5}")) {
      return Integer.parseInt(value);
    }
    problems.add("%s must be 1 to 999999, was \"%s\"".formatted(part, value));
    return 1;
  }

  private Recurrence.Limit limit() {
    int count = positive("COUNT", 0);
    String until = parts.get("UNTIL");
    if (until == null) {
      return new Recurrence.Limit(count, null, null);
    }
    try {
      if (until.endsWith("Z")) {
        LocalDateTime time = LocalDateTime.parse(until.substring(0, until.length() - 1), DATE_TIME);
        return new Recurrence.Limit(count, null, time.toInstant(ZoneOffset.UTC));
      }
      LocalDateTime time =
          until.contains("T")
              ? LocalDateTime.parse(until, DATE_TIME)
              : LocalDate.parse(until, DateTimeFormatter.BASIC_ISO_DATE).atTime(LocalTime.MAX);
      return new Recurrence.Limit(count, time, null);
    } catch (DateTimeException e) {
      problems.add(
          "UNTIL must be like 20261231T235959Z, 20261231T235959 or 20261231, was \"%s\""
              .formatted(until));
      return new Recurrence.Limit(count, null, null);
    }
  }
}
