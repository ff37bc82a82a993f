package dev.penstock.flow.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A cron daemon, as slow and as plain as they come: wakes up each minute, looks at the clock on
/// the wall, and starts what fits. Lines at fixed times also get the minutes that the clock left
/// out, and none that it shows again.
final class CronDaemon {
  private CronDaemon() {}

  /// A line of its table.
  ///
  /// @param wild whether it is for any minute or hour, not for fixed times
  /// @param meaning at which times on the wall it is to run
  record Line(String text, boolean wild, Predicate<LocalDateTime> meaning) {}

  /// When each of the lines is run.
  static List<List<Instant>> ticks(List<Line> lines, ZoneId zone, Instant from, Instant to) {
    List<List<Instant>> ticks =
        Stream.generate(() -> (List<Instant>) new ArrayList<Instant>())
            .limit(lines.size())
            .toList();
    LocalDateTime seen = LocalDateTime.ofInstant(from, zone).minusMinutes(1);
    for (Instant now = from; now.isBefore(to); now = now.plusSeconds(60)) {
      LocalDateTime clock = LocalDateTime.ofInstant(now, zone);
      List<LocalDateTime> unseen = new ArrayList<>();
      while (seen.isBefore(clock)) {
        seen = seen.plusMinutes(1);
        unseen.add(seen);
      }
      for (int i = 0; i < lines.size(); i++) {
        if (isDue(lines.get(i), clock, unseen)) {
          ticks.get(i).add(now);
        }
      }
    }
    return ticks;
  }

  private static boolean isDue(Line line, LocalDateTime clock, List<LocalDateTime> unseen) {
    if (line.wild()) {
      return line.meaning().test(clock);
    }
    for (LocalDateTime time : unseen) {
      if (line.meaning().test(time)) {
        return true;
      }
    }
    return false;
  }
}
