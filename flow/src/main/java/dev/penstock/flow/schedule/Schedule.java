package dev.penstock.flow.schedule;

import dev.penstock.flow.DataInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When something is to happen: a rule whose *ticks* are instants, in a time zone, within a [Span].
/// A value that can be written as text, and read back.
public sealed interface Schedule permits Always, Cron, Interval, RRule {

  /// A line of cron: `0 6 * * MON-FRI`.
  static Cron cron(String expression, ZoneId zone) {
    return new Cron(expression, zone, Span.ALWAYS);
  }

  /// One tick each `every`, counted from an anchor in both directions.
  static Interval every(Duration every, Instant anchor, ZoneId zone) {
    return new Interval(every, anchor, zone, Span.ALWAYS);
  }

  /// A recurrence rule of RFC 5545: `FREQ=MONTHLY;BYDAY=-1FR`.
  ///
  /// @param start what the rule counts from, and takes the time of day from; the RFC's `DTSTART`
  static RRule rrule(String rule, LocalDateTime start, ZoneId zone) {
    return new RRule(rule, start, zone, Span.ALWAYS);
  }

  /// A run at any time; after one that failed the next is begun later and later.
  ///
  /// @param longest how long a pause may get
  static Always always(Duration longest) {
    return new Always(longest, ZoneOffset.UTC, Span.ALWAYS);
  }

  /// A schedule as [#text] writes it: the kind, the rule, then settings in any order. The zone is
  /// UTC if none is named.
  ///
  /// @throws ScheduleRefused with every problem
  static Schedule parse(String text) {
    return ScheduleText.parse(text);
  }

  /// A schedule as [#toMap] gives it.
  ///
  /// @throws ScheduleRefused with every problem
  static Schedule of(Map<String, ?> map) {
    return ScheduleText.of(map);
  }

  ZoneId zone();

  Span span();

  /// The same rule within other bounds.
  Schedule within(Span span);

  /// The schedule for people: `at 06:00, on Monday to Friday (Europe/Berlin)`.
  String describe();

  /// What [#parse] reads: `cron 0 6 * * MON-FRI zone=Europe/Berlin`.
  default String text() {
    return ScheduleText.print(this);
  }

  /// What [#of] reads; keys and values are texts, so that it can be stored as JSON. In a stable
  /// order.
  default Map<String, String> toMap() {
    return ScheduleText.map(this);
  }

  /// The first tick strictly after an instant; empty when the schedule has come to its end, which
  /// is the year 9999 for all of them.
  default Optional<Instant> next(Instant after) {
    return Ticks.within(this).after(after);
  }

  /// The last tick strictly before an instant.
  default Optional<Instant> previous(Instant before) {
    return Ticks.within(this).before(before);
  }

  /// The ticks of a range, in order, and no more than `limit` of them.
  ///
  /// @param from inclusive
  /// @param to exclusive
  default List<Instant> ticks(Instant from, Instant to, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit of ticks must not be negative, was " + limit);
    }
    Ticks ticks = Ticks.within(this);
    List<Instant> found = new ArrayList<>();
    Optional<Instant> tick = ticks.after(from.minusNanos(1));
    while (found.size() < limit && tick.isPresent() && tick.get().isBefore(to)) {
      found.add(tick.get());
      tick = ticks.after(tick.get());
    }
    return List.copyOf(found);
  }

  /// What a tick stands for: the time since the tick before. The one before the first of a span is
  /// that which the rule would have had; a recurrence rule has none before its start, and its first
  /// interval is empty.
  ///
  /// @param tick one of this schedule's ticks
  default DataInterval interval(Instant tick) {
    return new DataInterval(Ticks.of(this).before(tick).orElse(tick), tick);
  }
}
