package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.plan.Within;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches by size, or by time too: then it is the first step below a [TimedHead].
final class BatchStage extends Link implements TimedHead.Timed {
  private static final int MOST_ROOM = 1024;

  private final int size;

  /// In nanoseconds; 0 without a limit in time.
  private final long within;

  private @Nullable List<@Nullable Object> batch;
  private long deadline = Long.MAX_VALUE;

  BatchStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Batching batching = ((Step.Batch) step).batching();
    size = batching.size();
    Within limit = batching.within();
    within = limit == null ? 0 : Durations.nanos(limit.duration());
  }

  @Override
  boolean push(@Nullable Object record) {
    List<@Nullable Object> into = batch;
    if (into == null) {
      into = open();
    }
    into.add(record);
    return into.size() < size || flush();
  }

  private List<@Nullable Object> open() {
    // room for all of its records, if they are not very many
    List<@Nullable Object> opened = new ArrayList<>(size <= MOST_ROOM ? size : 16);
    batch = opened;
    segment.open++;
    if (within > 0) {
      deadline = segment.run.clock.nanos() + within;
    }
    return opened;
  }

  private boolean flush() {
    List<@Nullable Object> full = batch;
    if (full == null) {
      return true;
    }
    batch = null;
    deadline = Long.MAX_VALUE;
    segment.open--;
    return release(full);
  }

  @Override
  boolean fail(Failure failure) {
    boolean more = flush();
    return release(failure) && more;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void onTime(long now) {
    if (deadline != Long.MAX_VALUE && now - deadline >= 0) {
      flush();
    }
  }

  @Override
  void mark(Mark mark) {
    flush();
    down.mark(mark);
  }

  @Override
  void end() {
    flush();
    down.end();
  }
}
