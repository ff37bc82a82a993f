package dev.penstock.flow.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// The ticks of a recurrence rule in a zone.
///
/// @param last after which there is none, by the rule's count or end; the last of all calendars if
///   it has neither
record RRuleTicks(Recurrence rule, LocalDateTime last, ZoneId zone) implements Ticks {

  static RRuleTicks of(Recurrence rule, ZoneId zone) {
    return new RRuleTicks(rule, rule.last(zone), zone);
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<LocalDateTime> time = rule.after(searchFrom(after));
    Instant found = null;
    // A time that the clock leaves out may come later than those that follow it: go on until they
    // are as late as what was found.
    while (time.isPresent()
        && !time.get().isAfter(last)
        && (found == null || time.get().isBefore(LocalDateTime.ofInstant(found, zone)))) {
      Instant tick = time.get().atZone(zone).withEarlierOffsetAtOverlap().toInstant();
      if (tick.isAfter(after) && (found == null || tick.isBefore(found))) {
        found = tick;
      }
      time = rule.after(time.get());
    }
    Instant until = rule.limit().untilInstant();
    return Optional.ofNullable(found).filter(tick -> until == null || !tick.isAfter(until));
  }

  /// The local time after which to look: right after the clock went forward, times that it left out
  /// may be still to come.
  private LocalDateTime searchFrom(Instant after) {
    ZoneOffsetTransition change = zone.getRules().previousTransition(after.plusNanos(1));
    boolean leftOut =
        change != null
            && change.isGap()
            && after.isBefore(change.getInstant().plus(change.getDuration()));
    return leftOut
        ? change.getDateTimeBefore().minusSeconds(1)
        : LocalDateTime.ofInstant(after, zone);
  }
}
