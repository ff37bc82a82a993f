package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches by size alone; those that end in time too are [TimedBatches].
final class BatchStage extends Link {
  private static final int MOST_ROOM = 1024;

  private final int size;
  private @Nullable List<@Nullable Object> batch;

  BatchStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    size = ((Step.Batch) step).batching().size();
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

  /// An empty batch, with room for all of its records if they are not very many.
  static List<@Nullable Object> newBatch(int size) {
    return new ArrayList<>(size <= MOST_ROOM ? size : 16);
  }

  private List<@Nullable Object> open() {
    List<@Nullable Object> opened = newBatch(size);
    batch = opened;
    segment.open++;
    return opened;
  }

  private boolean flush() {
    List<@Nullable Object> full = batch;
    if (full == null) {
      return true;
    }
    batch = null;
    segment.open--;
    return release(full);
  }

  @Override
  boolean fail(Failure failure) {
    boolean more = flush();
    return release(failure) && more;
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
