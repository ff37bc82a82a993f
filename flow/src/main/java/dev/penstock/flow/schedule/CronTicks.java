package dev.penstock.flow.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// The ticks of a line of cron in a zone.
record CronTicks(CronExpression line, ZoneId zone) implements Ticks {
  @Override
  public Optional<Instant> next(Instant after) {
    return line.isWild() ? byTheClock(after) : atFixedTimes(after);
  }

  /// In order of local times, each of which has one instant.
  private Optional<Instant> atFixedTimes(Instant after) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone).plusNanos(1);
    while (true) {
      Optional<LocalDateTime> allowed = line.from(local);
      if (allowed.isEmpty()) {
        return Optional.empty();
      }
      Instant tick = LocalTimes.firstAtOrAfter(allowed.get(), zone);
      if (tick.isAfter(after)) {
        return Optional.of(tick);
      }
      // The second time that the clock shows it, or another one that was left out.
      local = allowed.get().plusMinutes(1);
    }
  }

  /// In order of instants: between two changes of the clock, local times are as good.
  private Optional<Instant> byTheClock(Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after.plusNanos(1);
    while (from.isBefore(LATEST)) {
      ZoneOffset offset = rules.getOffset(from);
      ZoneOffsetTransition change = rules.nextTransition(from);
      Optional<LocalDateTime> allowed = line.from(LocalDateTime.ofInstant(from, offset));
      if (allowed.isEmpty()) {
        return Optional.empty();
      }
      Instant tick = allowed.get().toInstant(offset);
      if (change == null || tick.isBefore(change.getInstant())) {
        return Optional.of(tick);
      }
      from = change.getInstant();
    }
    return Optional.empty();
  }
}
