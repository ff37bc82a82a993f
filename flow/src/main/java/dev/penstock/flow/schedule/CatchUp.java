package dev.penstock.flow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of ticks that nobody handled when they came, since no scheduler ran or the schedule
/// was paused.
public enum CatchUp {
  /// Each gets its run, the oldest first.
  ALL,
  /// The latest gets its run, those before it get none.
  LATEST,
  /// Only a tick that is hardly late gets its run.
  NONE;

  /// What is to be done at one moment.
  ///
  /// @param ticks those that get a run, in order
  /// @param handled up to where, inclusive, all ticks have now been decided on: the next `handled`
  public record Due(List<Instant> ticks, Instant handled) {
    public Due {
      ticks = List.copyOf(ticks);
    }
  }

  /// Which ticks are due.
  ///
  /// @param handled up to where, inclusive, ticks have been decided on; for a new schedule, when it
  ///   was made
  /// @param now when it goes back behind `handled`, nothing is due until it comes there again
  /// @param grace how late a tick may be to count as in time; matters to [#NONE] only
  /// @param limit of ticks at once, at least 1; further ones are due at the next call
  public Due due(Schedule schedule, Instant handled, Instant now, Duration grace, int limit) {
    if (grace.isNegative() || limit < 1) {
      throw new IllegalArgumentException(
          "grace must not be negative and limit at least 1, were %s and %d"
              .formatted(grace, limit));
    }
    if (!now.isAfter(handled)) {
      return new Due(List.of(), handled);
    }
    return switch (this) {
      case ALL -> upTo(schedule, handled, now, limit);
      case LATEST -> latest(schedule, handled, now);
      case NONE -> {
        Instant inTime = now.minus(grace).minusNanos(1);
        yield upTo(schedule, inTime.isAfter(handled) ? inTime : handled, now, limit);
      }
    };
  }

  private static Due upTo(Schedule schedule, Instant after, Instant now, int limit) {
    List<Instant> ticks = schedule.ticks(after.plusNanos(1), now.plusNanos(1), limit);
    return new Due(ticks, ticks.size() < limit ? now : ticks.getLast());
  }

  private static Due latest(Schedule schedule, Instant handled, Instant now) {
    Optional<Instant> latest = schedule.previous(now.plusNanos(1)).filter(handled::isBefore);
    return new Due(latest.map(List::of).orElse(List.of()), now);
  }
}
