package dev.penstock.flow.engine;

import dev.penstock.flow.state.StateName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task that was submitted: it runs on a thread of its own, and ends before its flow does. A
/// failure that nobody has asked for fails the flow. Safe for use by several threads.
///
/// @param <R> its result
public final class Submitted<R extends @Nullable Object> {
  private final String name;
  private final CompletableFuture<R> outcome;
  private final TaskThreads.Begun thread;
  private volatile boolean mayFail;
  private volatile boolean asked;

  private Submitted(String name, CompletableFuture<R> outcome, TaskThreads.Begun thread) {
    this.name = name;
    this.outcome = outcome;
    this.thread = thread;
  }

  static <R extends @Nullable Object> Submitted<R> start(
      RunContext context, String name, Calls.Later<R> task) {
    CompletableFuture<R> outcome = new CompletableFuture<>();
    Consumer<Runnable> block = Transaction.block();
    TaskThreads.Begun thread =
        context
            .engine()
            .threads()
            .begin("task " + name, () -> block.accept(() -> run(task, outcome)));
    Submitted<R> submitted = new Submitted<>(name, outcome, thread);
    context.submitted(submitted);
    return submitted;
  }

  private static <R extends @Nullable Object> void run(
      Calls.Later<R> task, CompletableFuture<R> outcome) {
    try {
      outcome.complete(task.call());
    } catch (Throwable e) { // told to whoever asks, errors too
      outcome.completeExceptionally(e);
    }
  }

  /// The name of the task.
  public String name() {
    return name;
  }

  /// The result, waited for; throws what the task threw, whatever its type.
  public R result() {
    asked = true;
    Interruptible work = Scope.current().context().work();
    try {
      thread.join();
      return outcome.get();
    } catch (InterruptedException e) {
      throw Scope.current().context().interrupted(e);
    } catch (ExecutionException _) {
      throw Thrown.unchecked(outcome.exceptionNow());
    } finally {
      Scope.current().context().done(work);
    }
  }

  /// Where the task is now: Running, Completed or Failed.
  public StateName state() {
    if (!outcome.isDone()) {
      return StateName.RUNNING;
    }
    return outcome.isCompletedExceptionally() ? StateName.FAILED : StateName.COMPLETED;
  }

  /// The same, whose failure fails neither the flow nor the tasks after it.
  public Submitted<R> allowFailure() {
    mayFail = true;
    return this;
  }

  /// Waits until the task is over, and refuses to go on when it failed and may not.
  ///
  /// @throws UpstreamFailed when it did
  void awaitAsUpstream() throws InterruptedException {
    thread.join();
    if (!mayFail && outcome.isCompletedExceptionally()) {
      throw new UpstreamFailed(name, outcome.exceptionNow());
    }
  }

  void join() throws InterruptedException {
    thread.join();
  }

  /// A failure that the flow has to know of: nobody has asked for it.
  Optional<Throwable> unasked() {
    return outcome.isCompletedExceptionally() && !asked && !mayFail
        ? Optional.of(outcome.exceptionNow())
        : Optional.empty();
  }
}
