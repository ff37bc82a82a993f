package dev.penstock.flow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A run at any time: when one is over, the next is begun a second later; after one that failed
/// soon twice as late as after the one before, up to a limit. Its ticks, each whole second, say
/// when that may be.
///
/// @param longest how long a pause may get, from 1 s to 1 day
public record Always(Duration longest, ZoneId zone, Span span) implements Schedule {
  private static final Duration MOST = Duration.ofDays(1);

  /// The pause after a run that was well.
  public static final Duration FIRST = Duration.ofSeconds(1);

  /// @throws ScheduleRefused when the longest pause is out of range
  public Always {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(span, "span");
    if (longest.compareTo(FIRST) < 0 || longest.compareTo(MOST) > 0) {
      throw new ScheduleRefused(
          "always", List.of("its longest pause must be from 1 s to 1 day, was " + longest));
    }
  }

  /// A run that is over.
  ///
  /// @param failed whether it failed or was lost
  public record Ended(Instant made, Instant over, boolean failed) {}

  /// When the next run is due.
  ///
  /// @param runs those before, the last one first
  public Instant due(List<Ended> runs) {
    Duration pause = FIRST;
    int soon = 0;
    for (Ended run : runs) {
      if (!run.failed() || Duration.between(run.made(), run.over()).compareTo(longest) >= 0) {
        break; // it was well, or well for long enough
      }
      pause = soon++ == 0 ? pause : pause.multipliedBy(2);
      if (pause.compareTo(longest) >= 0) {
        pause = longest;
        break;
      }
    }
    return runs.isEmpty() ? Instant.MIN : runs.getFirst().over().plus(pause);
  }

  Interval seconds() {
    return new Interval(FIRST, Instant.EPOCH, ZoneOffset.UTC);
  }

  @Override
  public Always within(Span other) {
    return new Always(longest, zone, other);
  }

  @Override
  public String describe() {
    String pause = longest.toString().substring(2).toLowerCase(Locale.ROOT);
    return "always on, begun again after 1s to " + pause;
  }
}
