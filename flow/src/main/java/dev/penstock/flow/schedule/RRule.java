package dev.penstock.flow.schedule;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A recurrence rule of RFC 5545, section 3.3.10: all of its parts, from `FREQ=YEARLY` to
/// `FREQ=SECONDLY`.
///
/// It counts in local times, as calendars do. A time that the clock leaves out is as much later as
/// the clock went forward; of one that it shows twice, the first counts.
///
/// @param rule the text without `RRULE:`, in capitals
/// @param start the RFC's `DTSTART`, local: where counting begins, and what a rule takes day and
///   time from when it does not say. It is a tick only if the rule has it. Whole seconds
public record RRule(String rule, LocalDateTime start, ZoneId zone, Span span) implements Schedule {
  /// @throws ScheduleRefused with each bad part by name, or because it can never happen
  public RRule {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(span, "span");
    rule = rule.strip().toUpperCase(Locale.ROOT);
    rule = rule.startsWith("RRULE:") ? rule.substring(6) : rule;
    if (start.getNano() != 0 || start.getYear() < 1800 || start.getYear() > 9998) {
      throw new ScheduleRefused(
          "rule \"" + rule + "\"",
          List.of("its start must be of whole seconds in the years 1800 to 9998, was " + start));
    }
    RRuleTicks ticks = RRuleTicks.of(RecurrenceParser.parse(rule, start), zone);
    if (ticks.next(Ticks.EARLIEST).isEmpty()) {
      throw new ScheduleRefused(
          "rule \"" + rule + "\"",
          List.of(
              "it never happens from its start %s on; look at UNTIL, and at parts that exclude"
                      .formatted(start)
                  + " each other"));
    }
  }

  public RRule(String rule, LocalDateTime start, ZoneId zone) {
    this(rule, start, zone, Span.ALWAYS);
  }

  @Override
  public RRule within(Span span) {
    return new RRule(rule, start, zone, span);
  }

  @Override
  public String describe() {
    return "by the rule %s from %s (%s)".formatted(rule, start, zone);
  }
}
