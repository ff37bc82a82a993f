package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Takes iterables apart. When the steps below have what a puller asked for, it keeps the iterator
/// and goes on later; what the steps above send meanwhile waits its turn.
final class FlatMapStage extends Link implements Segment.Resumable {
  /// A `next()` that fails so often in a row ends its iterable.
  static final int FAILURES_IN_A_ROW = 16;

  private static final Object NULL = new Object();

  private final Fn<@Nullable Object, Iterable<?>> fn;
  private @Nullable Iterator<?> rest;
  private @Nullable Object current;

  /// Bounded by what the steps above may hold back.
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();

  FlatMapStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    fn = ((Step.FlatMap) step).fn();
  }

  @Override
  boolean push(@Nullable Object record) {
    if (rest != null || !waiting.isEmpty()) {
      waiting.add(record == null ? NULL : record);
      return false;
    }
    return open(record);
  }

  private boolean open(@Nullable Object record) {
    List<?> list = null;
    Iterator<?> children = null;
    try {
      Iterable<?> iterable = fn.apply(record);
      if (iterable instanceof List<?> l && l instanceof RandomAccess) {
        list = l;
      } else {
        children = iterable.iterator();
      }
    } catch (Exception e) {
      return failed(record, e);
    }
    // outside of the try: what the steps below throw is no failure of this one
    return list != null ? list(record, list) : drain(record, Objects.requireNonNull(children));
  }

  private boolean list(@Nullable Object record, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      meter.out++;
      if (!down.push(list.get(i))) {
        if (i + 1 < list.size()) {
          suspend(record, list.listIterator(i + 1));
        }
        return false;
      }
    }
    return true;
  }

  private boolean drain(@Nullable Object record, Iterator<?> children) {
    int failures = 0;
    for (int i = 1; ; i++) {
      Object child;
      try {
        if (!children.hasNext()) {
          return true;
        }
      } catch (Exception e) {
        return failed(record, e);
      }
      try {
        child = children.next();
      } catch (Exception e) {
        boolean more = failed(record, e);
        if (++failures >= FAILURES_IN_A_ROW) {
          return more;
        }
        if (!more) {
          suspend(record, children);
          return false;
        }
        continue;
      }
      failures = 0;
      meter.out++;
      if (!down.push(child)) {
        suspend(record, children);
        return false;
      }
      if ((i & 1023) == 0) {
        segment.run.check();
      }
    }
  }

  private void suspend(@Nullable Object record, Iterator<?> children) {
    if (!segment.isStoppedBelow(this)) {
      current = record;
      rest = children;
    }
  }

  @Override
  public boolean suspended() {
    return (rest != null || !waiting.isEmpty()) && !segment.isStoppedBelow(this);
  }

  @Override
  public void proceed() {
    Iterator<?> children = rest;
    if (children != null) {
      Object record = current;
      rest = null;
      current = null;
      drain(record, children);
      return;
    }
    Object next = waiting.remove();
    if (next instanceof Signal signal) {
      pass(signal);
    } else {
      open(next == NULL ? null : next);
    }
  }

  private void pass(Signal signal) {
    switch (signal) {
      case Signal.Failed failed -> down.fail(failed.failure);
      case Mark mark -> down.mark(mark);
      default -> down.end();
    }
  }

  /// Whether a signal has to wait behind records that are still on their way.
  private boolean queued(Signal signal) {
    if (!suspended()) {
      return false;
    }
    waiting.add(signal);
    return true;
  }

  @Override
  boolean fail(Failure failure) {
    return !queued(new Signal.Failed(failure)) && down.fail(failure);
  }

  @Override
  void mark(Mark mark) {
    if (!queued(mark)) {
      down.mark(mark);
    }
  }

  @Override
  void end() {
    if (!queued(Signal.END)) {
      down.end();
    }
  }
}
