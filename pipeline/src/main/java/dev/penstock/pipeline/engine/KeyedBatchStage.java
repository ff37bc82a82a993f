package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Keyed;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.plan.Within;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Batches by key. The map keeps the order in which batches were opened, so that its first is
/// always the oldest and the one whose time ends first.
final class KeyedBatchStage extends Link implements TimedHead.Timed {
  private final Fn<@Nullable Object, @Nullable Object> key;
  private final Batching batching;
  private final long within;
  private final Map<@Nullable Object, Open> batches = new LinkedHashMap<>();
  private int waiting;

  private record Open(List<@Nullable Object> records, long deadline) {}

  KeyedBatchStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Step.Batch batch = (Step.Batch) step;
    if (batch.key() == null) {
      throw new IllegalArgumentException("a batch without a key: " + step);
    }
    key = batch.key();
    batching = batch.batching();
    Within limit = batching.within();
    within = limit == null ? 0 : Durations.nanos(limit.duration());
  }

  @Override
  boolean push(@Nullable Object record) {
    Object k;
    try {
      k = key.apply(record);
    } catch (Exception e) {
      boolean more = flushAll();
      return failed(record, e) && more;
    }
    boolean more = true;
    Open open = batches.get(k);
    if (open == null) {
      if (batches.size() >= batching.keys()) {
        more = flushOldest();
      }
      open = open(k);
    }
    open.records.add(record);
    waiting++;
    if (open.records.size() >= batching.size()) {
      return flush(k) && more;
    }
    return waiting <= batching.waiting() ? more : flushOldest() && more;
  }

  private Open open(@Nullable Object k) {
    if (batches.isEmpty()) {
      segment.open++;
    }
    long deadline = within > 0 ? segment.run.clock.nanos() + within : Long.MAX_VALUE;
    Open opened = new Open(new ArrayList<>(), deadline);
    batches.put(k, opened);
    return opened;
  }

  private boolean flushOldest() {
    return flush(batches.keySet().iterator().next());
  }

  private boolean flush(@Nullable Object k) {
    Open open = batches.remove(k);
    if (open == null) {
      return true;
    }
    if (batches.isEmpty()) {
      segment.open--;
    }
    waiting -= open.records.size();
    return release(new Keyed<>(k, open.records));
  }

  private boolean flushAll() {
    boolean more = true;
    while (!batches.isEmpty()) {
      more &= flushOldest();
    }
    return more;
  }

  @Override
  boolean fail(Failure failure) {
    boolean more = flushAll();
    return release(failure) && more;
  }

  @Override
  void mark(Mark mark) {
    flushAll();
    down.mark(mark);
  }

  @Override
  void end() {
    flushAll();
    down.end();
  }

  @Override
  public long deadline() {
    return batches.isEmpty() ? Long.MAX_VALUE : batches.values().iterator().next().deadline;
  }

  @Override
  public void onTime(long now) {
    while (deadline() != Long.MAX_VALUE && now - deadline() >= 0) {
      flushOldest();
    }
  }
}
