package dev.penstock.flow.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A cron daemon, as slow and as plain as they come: wakes up each minute, looks at the clock on
/// the wall, and starts what fits. Lines at fixed times also get the minutes that the clock left
/// out, and none that it shows again.
final class CronDaemon {
  private CronDaemon() {}

  static List<Instant> ticks(
      Predicate<LocalDateTime> line, boolean wild, ZoneId zone, Instant from, Instant to) {
    List<Instant> ticks = new ArrayList<>();
    LocalDateTime seen = LocalDateTime.ofInstant(from, zone).minusMinutes(1);
    for (Instant now = from; now.isBefore(to); now = now.plusSeconds(60)) {
      LocalDateTime clock = LocalDateTime.ofInstant(now, zone);
      boolean due = wild && line.test(clock);
      while (seen.isBefore(clock)) {
        seen = seen.plusMinutes(1);
        due |= !wild && line.test(seen);
      }
      if (due) {
        ticks.add(now);
      }
    }
    return ticks;
  }
}
