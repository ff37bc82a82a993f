package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Takes iterables apart. When the steps below have what a puller asked for, it keeps the iterator
/// and goes on later.
final class FlatMapStage extends Link implements Segment.Resumable {
  /// A `next()` that fails so often in a row ends its iterable.
  static final int FAILURES_IN_A_ROW = 16;

  private final Fn<@Nullable Object, Iterable<?>> fn;
  private @Nullable Iterator<?> rest;
  private @Nullable Object current;

  FlatMapStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    fn = ((Step.FlatMap) step).fn();
  }

  @Override
  boolean push(@Nullable Object record) {
    Iterator<?> children;
    try {
      Iterable<?> iterable = fn.apply(record);
      if (iterable instanceof List<?> list && list instanceof RandomAccess) {
        return list(record, list);
      }
      children = iterable.iterator();
    } catch (Exception e) {
      return failed(record, e);
    }
    return drain(record, children);
  }

  private boolean list(@Nullable Object record, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      meter.out++;
      if (!down.push(list.get(i))) {
        return i + 1 < list.size() ? suspend(record, list.listIterator(i + 1)) : false;
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
          return suspend(record, children);
        }
        continue;
      }
      failures = 0;
      meter.out++;
      if (!down.push(child)) {
        return suspend(record, children);
      }
      if ((i & 1023) == 0) {
        segment.run.check();
      }
    }
  }

  private boolean suspend(@Nullable Object record, Iterator<?> children) {
    if (!segment.stopped) {
      current = record;
      rest = children;
    }
    return false;
  }

  @Override
  public boolean suspended() {
    return rest != null && !segment.stopped;
  }

  @Override
  public void proceed() {
    Iterator<?> children = rest;
    Object record = current;
    rest = null;
    current = null;
    if (children != null) {
      drain(record, children);
    }
  }
}
