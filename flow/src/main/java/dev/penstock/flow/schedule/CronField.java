package dev.penstock.flow.schedule;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// One of the five fields of a line of cron.
enum CronField {
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /// 0 and 7 are both Sunday.
  DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private final String label;
  private final int min;
  private final int max;
  private final List<String> names;

  CronField(String label, int min, int max, List<String> names) {
    this.label = label;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  String label() {
    return label;
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }

  /// How many different values there are.
  int size() {
    return this == DAY_OF_WEEK ? 7 : max - min + 1;
  }

  /// `0 to 59`, or with names `1 to 12 or JAN to DEC`.
  String range() {
    return names.isEmpty()
        ? min + " to " + max
        : min + " to " + max + " or " + names.getFirst() + " to " + names.getLast();
  }

  /// The value of a number or a name; empty for anything else, or out of range.
  OptionalInt value(String text) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return OptionalInt.of(named + min);
    }
    if (!text.matches("\\d{1,3}")) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(text);
    return number < min || number > max ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
