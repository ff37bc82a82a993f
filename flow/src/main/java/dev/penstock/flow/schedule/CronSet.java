package dev.penstock.flow.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/// What one field of a line of cron allows: values, and for days those that depend on the month.
///
/// @param text as it was written
/// @param values plain values; Sunday is 0
/// @param days those that a month must be known for
record CronSet(String text, BitSet values, List<DayRule> days) {

  /// Whether it begins with `*`, which is what cron goes by, not whether it allows everything.
  boolean isStar() {
    return text.startsWith("*");
  }

  boolean has(int value) {
    return values.get(value);
  }

  static CronSet parse(CronField field, String text, List<String> problems) {
    BitSet values = new BitSet();
    List<DayRule> days = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      OptionalInt step = step(field, part, problems);
      String range = part.contains("/") ? part.substring(0, part.indexOf('/')) : part;
      if (step.isEmpty()) {
        continue;
      }
      if (range.equals("*")) {
        fill(field, field.min(), field.min() + field.size() - 1, step.getAsInt(), values);
      } else if (DayRule.looksLikeOne(field, range)) {
        DayRule.parse(field, range, problems).ifPresent(days::add);
      } else {
        range(field, part, range, step.getAsInt(), values, problems);
      }
    }
    return new CronSet(text, values, List.copyOf(days));
  }

  private static OptionalInt step(CronField field, String part, List<String> problems) {
    int slash = part.indexOf('/');
    if (slash < 0) {
      return OptionalInt.of(1);
    }
    String written = part.substring(slash + 1);
    int step = written.matches("\\d{1,3}") ? Integer.parseInt(written) : 0;
    String range = part.substring(0, slash);
    if (step < 1 || step > field.size()) {
      problems.add(
          "%s \"%s\": the step must be 1 to %d, was \"%s\""
              .formatted(field.label(), part, field.size(), written));
      return OptionalInt.empty();
    }
    if (!range.equals("*") && field.value(range).isPresent()) {
      problems.add(
          "%s \"%s\": a step needs a range; write %s-%d/%d"
              .formatted(field.label(), part, range, field.max(), step));
      return OptionalInt.empty();
    }
    return OptionalInt.of(step);
  }

  private static void range(
      CronField field, String part, String range, int step, BitSet values, List<String> problems) {
    int dash = range.indexOf('-');
    OptionalInt from = field.value(dash < 0 ? range : range.substring(0, dash));
    OptionalInt to = dash < 0 ? from : field.value(range.substring(dash + 1));
    if (from.isEmpty() || to.isEmpty()) {
      problems.add(
          "%s \"%s\": must be %s, or *, a range, a list or a step of these"
              .formatted(field.label(), part, field.range()));
    } else if (from.getAsInt() > to.getAsInt()) {
      problems.add(
          "%s \"%s\": the range ends before it begins; write %s-%s,%s-%s"
              .formatted(
                  field.label(),
                  part,
                  range.substring(0, dash),
                  field == CronField.DAY_OF_WEEK ? "SAT" : field.max(),
                  field == CronField.DAY_OF_WEEK ? "SUN" : field.min(),
                  range.substring(dash + 1)));
    } else {
      fill(field, from.getAsInt(), to.getAsInt(), step, values);
    }
  }

  private static void fill(CronField field, int from, int to, int step, BitSet values) {
    for (int value = from; value <= to; value += step) {
      values.set(field == CronField.DAY_OF_WEEK ? value % 7 : value);
    }
  }
}
