package dev.penstock.flow.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What has been done in a block and can be taken back. Safe for use by several threads.
final class Transaction {
  private static final ScopedValue<Transaction> CURRENT = ScopedValue.newInstance();

  private final Deque<Undo> done = new ConcurrentLinkedDeque<>();

  private Transaction() {}

  @FunctionalInterface
  interface Undo {
    void undo() throws Exception;
  }

  static <R extends @Nullable Object> R run(Callable<R> body) {
    Transaction transaction = new Transaction();
    try {
      return ScopedValue.where(CURRENT, transaction).call(body::call);
    } catch (Unwind e) { // the block is entered again
      throw e;
    } catch (Throwable e) {
      transaction.undo(e);
      throw Thrown.unchecked(e);
    }
  }

  /// The same work, for another thread, in the block around this one.
  static <R extends @Nullable Object> Callable<R> carry(Callable<R> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Transaction around = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, around).call(work::call);
  }

  /// What does the work of other threads in the block around this one.
  static Consumer<Runnable> block() {
    if (!CURRENT.isBound()) {
      return Runnable::run;
    }
    Transaction around = CURRENT.get();
    return work -> ScopedValue.where(CURRENT, around).run(work);
  }

  /// Something was done in the block around this thread, if there is one.
  static void note(Undo undo) {
    if (CURRENT.isBound()) {
      CURRENT.get().done.push(undo);
    }
  }

  private void undo(Throwable why) {
    Scope.current().log(LogLevel.INFO, "Rolling back " + done.size() + " tasks: " + why);
    for (Undo each : new ArrayDeque<>(done)) {
      try {
        each.undo();
      } catch (Exception e) {
        Scope.current().log(LogLevel.ERROR, "A task could not be rolled back: " + e);
        why.addSuppressed(e);
      }
    }
  }
}
