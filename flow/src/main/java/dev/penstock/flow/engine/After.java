package dev.penstock.flow.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work that begins when other tasks are over.
///
/// @param <R> its result
record After<R extends @Nullable Object>(List<Submitted<?>> others, TaskWork<R> work)
    implements TaskWork<R> {
  @Override
  public R run(TaskRunning running) throws Exception {
    for (Submitted<?> other : others) {
      other.awaitAsUpstream();
    }
    return work.run(running);
  }

  @Override
  public @Nullable String write(R result) {
    return work.write(result);
  }

  @Override
  public R read(@Nullable String kept) {
    return work.read(kept);
  }

  @Override
  public @Nullable String cacheKey() {
    return work.cacheKey();
  }

  @Override
  public void over(TaskRunning running) throws Exception {
    work.over(running);
  }

  @Override
  public boolean undoable() {
    return work.undoable();
  }

  @Override
  public void undo(R result) throws Exception {
    work.undo(result);
  }
}
