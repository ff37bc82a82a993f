package dev.penstock.flow.schedule;

import java.time.ZoneId;
import java.util.Objects;

/// A line of cron in a time zone: minute, hour, day of month, month, day of week, as Vixie cron and
/// cronie read them; or one of `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`,
/// `@annually`. Also `L` (last day, last Friday `5L`, three before the last day `L-3`), `15W` (the
/// working day nearest to the 15th), `LW`, and `FRI#2` (the second Friday).
///
/// Where clocks change, a line at a fixed time that the clock leaves out ticks once, at once after
/// the change, and one that the clock shows twice ticks the first time only. A line whose minute or
/// hour begins with `*` goes by what the clock shows.
///
/// @param expression the line, in which runs of blanks are made one
public record Cron(String expression, ZoneId zone, Span span) implements Schedule {
  /// @throws ScheduleRefused with each bad field by name, or because it can never happen
  public Cron {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(span, "span");
    expression = expression.strip().replaceAll("\\s+", " ");
    CronExpression.parse(expression).requirePossible();
  }

  public Cron(String expression, ZoneId zone) {
    this(expression, zone, Span.ALWAYS);
  }

  @Override
  public Cron within(Span span) {
    return new Cron(expression, zone, span);
  }

  @Override
  public String describe() {
    return CronWords.of(CronExpression.parse(expression)) + " (" + zone + ")";
  }
}
