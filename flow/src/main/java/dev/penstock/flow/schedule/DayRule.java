package dev.penstock.flow.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A day of a month that is known only when the month is.
sealed interface DayRule {

  boolean matches(LocalDate date);

  /// `L`, `L-3`: the last day, or so many before it.
  record FromLast(int before) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return date.getDayOfMonth() == date.lengthOfMonth() - before;
    }
  }

  /// `15W`, `LW`: the working day, Monday to Friday, of the same month that is nearest to a day.
  ///
  /// @param day 31 for the last one
  record NearestWorkingDay(int day, boolean last) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      int length = date.lengthOfMonth();
      if (!last && day > length) {
        return false;
      }
      LocalDate wanted = date.withDayOfMonth(last ? length : day);
      return date.equals(nearest(wanted));
    }

    private static LocalDate nearest(LocalDate wanted) {
      return switch (wanted.getDayOfWeek()) {
        case SATURDAY -> wanted.getDayOfMonth() == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
        case SUNDAY ->
            wanted.getDayOfMonth() == wanted.lengthOfMonth()
                ? wanted.minusDays(2)
                : wanted.plusDays(1);
        case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> wanted;
      };
    }
  }

  /// `FRI#2`, `5L`: the second Friday, the last Friday.
  ///
  /// @param ordinal 1 to 5, -1 for the last
  record Nth(DayOfWeek day, int ordinal) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, day)));
    }
  }

  /// Whether a part of a field is meant to be one of these, rightly or wrongly.
  static boolean looksLikeOne(CronField field, String part) {
    String upper = part.toUpperCase(Locale.ROOT);
    return switch (field) {
      case DAY_OF_MONTH -> upper.startsWith("L") || upper.endsWith("W");
      case DAY_OF_WEEK -> upper.contains("#") || upper.endsWith("L");
      case MINUTE, HOUR, MONTH -> false;
    };
  }

  static Optional<DayRule> parse(CronField field, String part, List<String> problems) {
    String upper = part.toUpperCase(Locale.ROOT);
    Optional<DayRule> rule = field == CronField.DAY_OF_MONTH ? ofMonth(upper) : ofWeek(upper);
    if (rule.isEmpty()) {
      problems.add(
          "%s \"%s\": %s"
              .formatted(
                  field.label(),
                  part,
                  field == CronField.DAY_OF_MONTH
                      ? "write L for the last day, L-3 for three days before it, 15W for the"
                          + " working day nearest to the 15th, or LW for the last working day"
                      : "write FRI#2 for the second Friday (1 to 5), or 5L for the last one"));
    }
    return rule;
  }

  private static Optional<DayRule> ofMonth(String part) {
    if (part.equals("L")) {
      return Optional.of(new FromLast(0));
    }
    if (part.equals("LW")) {
      return Optional.of(new NearestWorkingDay(31, true));
    }
    if (part.matches("L-\\d{1,2}")) {
      int before = Integer.parseInt(part.substring(2));
      return before <= 30 ? Optional.of(new FromLast(before)) : Optional.empty();
    }
    OptionalInt day = CronField.DAY_OF_MONTH.value(part.substring(0, part.length() - 1));
    return part.endsWith("W") && day.isPresent()
        ? Optional.of(new NearestWorkingDay(day.getAsInt(), false))
        : Optional.empty();
  }

  private static Optional<DayRule> ofWeek(String part) {
    int hash = part.indexOf('#');
    OptionalInt day =
        CronField.DAY_OF_WEEK.value(part.substring(0, hash < 0 ? part.length() - 1 : hash));
    if (day.isEmpty() || (hash >= 0 && !part.substring(hash + 1).matches("[1-5]"))) {
      return Optional.empty();
    }
    int ordinal = hash < 0 ? -1 : part.charAt(hash + 1) - '0';
    return Optional.of(new Nth(DayOfWeek.of((day.getAsInt() + 6) % 7 + 1), ordinal));
  }
}
