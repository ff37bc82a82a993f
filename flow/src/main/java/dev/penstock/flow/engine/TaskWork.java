package dev.penstock.flow.engine;

import org.jspecify.annotations.Nullable;

/// What a task does, and how its result is kept.
///
/// @param <R> its result
public interface TaskWork<R extends @Nullable Object> extends Format<R> {
  /// Does it once, on this thread.
  ///
  /// @throws Exception what user code threw
  R run(TaskRunning running) throws Exception;

  /// What the result depends on, hashed; null when that cannot be known.
  default @Nullable String cacheKey() {
    return null;
  }

  /// Called when the store has the result: what was kept for going on is of no use any more. Not
  /// called when the process is lost just before.
  default void over(TaskRunning running) throws Exception {}

  /// Whether [#undo] does anything.
  default boolean undoable() {
    return false;
  }

  /// Takes back what [#run] did, when the transaction around it fails.
  default void undo(R result) throws Exception {}
}
