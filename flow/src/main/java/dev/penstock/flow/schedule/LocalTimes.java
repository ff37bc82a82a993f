package dev.penstock.flow.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/// The instants that local times stand for.
final class LocalTimes {
  private LocalTimes() {}

  /// The instant at which a clock first shows a time, or, when it leaves the time out, the instant
  /// at which it does.
  static Instant firstAtOrAfter(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
