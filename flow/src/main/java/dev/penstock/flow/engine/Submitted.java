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
  private final CompletableFuture<R> outcome = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean mayFail;
  private volatile boolean asked;

  private Submitted(String name, Calls.Later<R> task) {
    this.name = name;
    Consumer<Runnable> block = Transaction.block();
    this.thread =
        Thread.ofVirtual().name("task " + name).unstarted(() -> block.accept(() -> run(task)));
  }

  static <R extends @Nullable Object> Submitted<R> start(
      RunContext context, String name, Calls.Later<R> task) {
    Submitted<R> submitted = new Submitted<>(name, task);
    submitted.thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    context.submitted(submitted);
    submitted.thread.start();
    return submitted;
  }

  private void run(Calls.Later<R> task) {
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
