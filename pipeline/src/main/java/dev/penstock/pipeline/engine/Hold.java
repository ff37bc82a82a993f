package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The end of a segment that is pulled: keeps what comes out until it is taken, and lets the stages
/// above go on only then.
final class Hold extends Stage {
  private boolean full;
  private @Nullable Object held;

  /// What stages send without asking, such as several batches at once; bounded by what they may
  /// hold.
  private final ArrayDeque<Object> more = new ArrayDeque<>();

  private static final Object NULL = new Object();

  @Override
  boolean push(@Nullable Object record) {
    if (full) {
      more.add(record == null ? NULL : record);
    } else {
      held = record;
      full = true;
    }
    return false;
  }

  boolean isFull() {
    return full;
  }

  @Nullable Object take() {
    Object taken = held;
    Object next = more.poll();
    held = next == NULL ? null : next;
    full = next != null;
    return taken;
  }

  @Override
  boolean fail(Failure failure) {
    return push(new Signal.Failed(failure));
  }

  @Override
  void mark(Mark mark) {
    push(mark);
  }

  @Override
  void end() {}
}
