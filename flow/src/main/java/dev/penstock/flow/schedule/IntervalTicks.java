package dev.penstock.flow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The ticks of an interval.
record IntervalTicks(Interval interval) implements Ticks {
  @Override
  public Optional<Instant> next(Instant after) {
    Instant tick = interval.isOfDays() ? byDays(after) : exactly(after);
    return tick.isAfter(LATEST) ? Optional.empty() : Optional.of(tick);
  }

  private Instant exactly(Instant after) {
    Instant anchor = interval.anchor();
    Duration every = interval.every();
    long passed = Duration.between(anchor, after).dividedBy(every);
    Instant tick = anchor.plus(every.multipliedBy(passed));
    // Division rounds towards the anchor, which is up before it and down behind it.
    return tick.isAfter(after) ? tick : tick.plus(every);
  }

  private Instant byDays(Instant after) {
    LocalDateTime anchor = LocalDateTime.ofInstant(interval.anchor(), interval.zone());
    LocalDateTime local = LocalDateTime.ofInstant(after, interval.zone());
    long days = interval.every().toDays();
    long n =
        Math.floorDiv(ChronoUnit.DAYS.between(anchor.toLocalDate(), local.toLocalDate()), days);
    while (true) {
      Instant tick = LocalTimes.firstAtOrAfter(anchor.plusDays(n * days), interval.zone());
      if (tick.isAfter(after)) {
        return tick;
      }
      n++;
    }
  }
}
