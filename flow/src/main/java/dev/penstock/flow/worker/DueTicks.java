package dev.penstock.flow.worker;

import dev.penstock.flow.schedule.CatchUp;
import dev.penstock.flow.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which ticks of a schedule get a run now, and how far it has come then.
///
/// @param ticks the oldest first
/// @param last ticks up to this time have been dealt with
/// @param next the first tick after it; null for none
record DueTicks(List<Instant> ticks, Instant last, @Nullable Instant next) {
  /// A tick is missed when it passed so long ago. A younger one gets its run in any case, so that
  /// it costs nothing to restart a scheduler, or its database.
  static final Duration MISSED = Duration.ofMinutes(5);

  /// @param last ticks up to this time have been dealt with before
  /// @param room how many runs may be made
  static DueTicks of(Schedule rule, CatchUp catchUp, Instant last, Instant now, int room) {
    CatchUp.Due due =
        switch (catchUp) {
          case ALL, NONE -> catchUp.due(rule, last, now, MISSED, room);
          case LATEST -> {
            CatchUp.Due young = CatchUp.NONE.due(rule, last, now, MISSED, room);
            yield young.ticks().isEmpty() ? catchUp.due(rule, last, now, MISSED, room) : young;
          }
        };
    return upTo(rule, due.ticks(), due.handled());
  }

  private static DueTicks upTo(Schedule rule, List<Instant> ticks, Instant handled) {
    // The store keeps microseconds: rounded up, so that a tick is not found again.
    Instant kept = handled.plusNanos(999).truncatedTo(ChronoUnit.MICROS);
    return new DueTicks(ticks, kept, rule.next(kept).orElse(null));
  }

  /// The same without ticks that are done.
  ///
  /// @param room how many runs may be made; for further ticks it stays as it is
  DueTicks without(Collection<Instant> done, Schedule rule, int room) {
    List<Instant> left = ticks.stream().filter(tick -> !done.contains(tick)).toList();
    return left.size() <= room
        ? new DueTicks(left, last, next)
        : upTo(rule, left.subList(0, room), left.get(room - 1));
  }
}
