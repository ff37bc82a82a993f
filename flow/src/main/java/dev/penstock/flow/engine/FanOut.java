package dev.penstock.flow.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls of one task for many inputs, so many at once, each a task run of its own. Goes on after
/// failures, then fails with the first. Their places are those of their inputs.
///
/// @param <R> the result of a call
final class FanOut<R extends @Nullable Object> {
  private static final int SUPPRESSED = 100;

  private final RunContext context;
  private final Iterator<Calls.Later<R>> calls;
  private final Map<Integer, R> results = new TreeMap<>();
  private final Map<Integer, Exception> failures = new TreeMap<>();
  private @Nullable Throwable end;
  private int begun;

  /// @param calls made one by one, when it is their turn
  FanOut(RunContext context, Iterator<Calls.Later<R>> calls) {
    this.context = context;
    this.calls = calls;
  }

  /// @return the results, in the order of the inputs
  List<R> run(String task, int atOnce) {
    Consumer<Runnable> block = Transaction.block();
    List<TaskThreads.Begun> threads = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      threads.add(context.engine().threads().begin("task " + task, () -> block.accept(this::work)));
    }
    join(threads);
    return outcome();
  }

  private record Next<R extends @Nullable Object>(int number, Calls.Later<R> call) {}

  private void work() {
    for (Next<R> next = next(); next != null; next = next()) {
      try {
        R result = next.call().call();
        synchronized (this) {
          results.put(next.number(), result);
        }
      } catch (Throwable e) { // told to whoever called, errors too
        failed(next.number(), e);
      }
    }
  }

  private synchronized @Nullable Next<R> next() {
    return end != null || !calls.hasNext() ? null : new Next<>(begun++, calls.next());
  }

  /// What is no failure of the task ends it all: the run is cancelled, waits, or is lost.
  private synchronized void failed(int number, Throwable e) {
    if (e instanceof Exception failure && !(e instanceof InterruptedException)) {
      failures.put(number, failure);
    } else if (end == null) {
      end = e;
    }
  }

  private void join(List<TaskThreads.Begun> threads) {
    InterruptedException interrupt = null;
    for (TaskThreads.Begun thread : threads) {
      while (!thread.isOver()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupt = e;
          failed(-1, e);
          threads.forEach(TaskThreads.Begun::interrupt);
        }
      }
    }
    if (interrupt != null) {
      throw context.interrupted(interrupt);
    }
  }

  private synchronized List<R> outcome() {
    if (end != null) {
      throw Thrown.unchecked(end);
    }
    Exception first = null;
    for (Exception failure : failures.values()) {
      if (first == null) {
        first = failure;
      } else if (failure != first && first.getSuppressed().length < SUPPRESSED) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw Thrown.unchecked(first);
    }
    return new ArrayList<>(results.values());
  }
}
