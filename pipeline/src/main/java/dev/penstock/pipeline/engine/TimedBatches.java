package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.Within;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Batches by size or time. The source is read ahead on a thread of its own, so that a batch can
/// end without a record; this is on the thread that takes, which is woken when a batch is full or
/// its time is over, and then moves its records at once.
///
/// The coordinate of a batch is that of its first record: before it, nothing is held back.
final class TimedBatches implements Puller {
  private final Run run;
  private final Ahead ahead;
  private final Meter meter;
  private final int size;
  private final long within;
  private @Nullable List<@Nullable Object> batch;
  private long deadline;
  private long coordinate;

  /// @param batching with a time
  /// @param meter counts the batches
  TimedBatches(Run run, Ahead ahead, Batching batching, Meter meter) {
    this.run = run;
    this.ahead = ahead;
    this.meter = meter;
    Within limit = Objects.requireNonNull(batching.within());
    size = batching.size();
    within = Durations.nanos(limit.duration());
  }

  @Override
  public @Nullable Object pull(long until) {
    List<@Nullable Object> open = batch;
    if (open == null) {
      Object first = ahead.pull(until);
      coordinate = ahead.coordinate();
      if (first instanceof Signal) {
        return first;
      }
      open = open(first);
    }
    while (true) {
      ahead.move(open, size - open.size());
      if (open.size() == size || ahead.holds()) { // what it holds is a signal then
        return close(open);
      }
      Signal signal = ahead.refill(Math.min(until, deadline), size - open.size());
      boolean late = signal != Signal.END && run.clock.nanos() - deadline >= 0;
      if (signal == null && !late) {
        continue;
      }
      if (signal == Signal.TIMEOUT && !late) {
        return signal;
      }
      ahead.move(open, size - open.size());
      return close(open);
    }
  }

  private List<@Nullable Object> open(@Nullable Object first) {
    List<@Nullable Object> opened = BatchStage.newBatch(size);
    opened.add(first);
    batch = opened;
    deadline = run.clock.nanos() + within;
    return opened;
  }

  private Object close(List<@Nullable Object> full) {
    batch = null;
    meter.out++;
    return full;
  }

  @Override
  public long coordinate() {
    return coordinate;
  }

  @Override
  public long idleCoordinate() {
    return batch == null ? ahead.idleCoordinate() : -1;
  }
}
