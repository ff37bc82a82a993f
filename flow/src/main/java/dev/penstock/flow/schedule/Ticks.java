package dev.penstock.flow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The ticks of a rule, worked out once from its text.
interface Ticks {
  /// Nothing is looked for before this, where offsets of zones are those of the sun.
  Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");

  Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /// The first tick strictly after an instant that lies between the bounds above.
  Optional<Instant> next(Instant after);

  /// Those of the rule, whatever the span.
  static Ticks of(Schedule schedule) {
    return switch (schedule) {
      case Always always -> new IntervalTicks(always.seconds());
      case Cron cron -> new CronTicks(CronExpression.parse(cron.expression()), cron.zone());
      case Interval interval -> new IntervalTicks(interval);
      case RRule rule ->
          RRuleTicks.of(RecurrenceParser.parse(rule.rule(), rule.start()), rule.zone());
    };
  }

  /// Those that lie in the schedule's span.
  static Ticks within(Schedule schedule) {
    Ticks ticks = of(schedule);
    Span span = schedule.span();
    return after -> ticks.after(span.notBefore(after)).filter(tick -> !span.isOver(tick));
  }

  default Optional<Instant> after(Instant instant) {
    if (!instant.isBefore(LATEST)) {
      return Optional.empty();
    }
    return next(instant.isBefore(EARLIEST) ? EARLIEST : instant);
  }

  /// The last tick strictly before an instant: looks back twice as far each time until there is a
  /// tick, then halves the stretch that holds the last one.
  default Optional<Instant> before(Instant instant) {
    Instant end = instant.isAfter(LATEST) ? LATEST : instant;
    Duration back = Duration.ofMinutes(1);
    Optional<Instant> found = Optional.empty();
    Instant from = end;
    while (found.isEmpty() && from.isAfter(EARLIEST)) {
      from = end.minus(back).isBefore(EARLIEST) ? EARLIEST : end.minus(back);
      found = after(from).filter(tick -> tick.isBefore(end));
      back = back.multipliedBy(2);
    }
    return found.map(tick -> lastBetween(tick, end));
  }

  /// The last tick before `end`.
  ///
  /// @param known a tick before `end`
  private Instant lastBetween(Instant known, Instant end) {
    Instant last = known;
    Instant none = end;
    while (true) {
      Optional<Instant> following = after(last).filter(end::isAfter);
      if (following.isEmpty()) {
        return last;
      }
      last = following.get();
      Instant middle = last.plus(Duration.between(last, none).dividedBy(2));
      Optional<Instant> later = after(middle).filter(end::isAfter);
      if (later.isPresent()) {
        last = later.get();
      } else {
        none = middle;
      }
    }
  }
}
