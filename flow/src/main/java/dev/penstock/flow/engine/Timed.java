package dev.penstock.flow.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Work that is given a time. It has a thread of its own, so that whoever waits for it can go on
/// when it does not answer to an interrupt: a platform thread, since one that never ends must not
/// take a carrier from the virtual ones.
///
/// @param <R> its result
final class Timed<R extends @Nullable Object> {
  private static final Duration LOOK = Duration.ofMillis(250);

  /// Whoever looks for it this late has stood still with its whole process.
  private static final Duration STOOD_STILL = Duration.ofSeconds(2);

  private final RunContext context;
  private final TaskThreads threads;
  private final String what;
  private final Duration timeout;
  private final Scope scope;
  private final CompletableFuture<R> outcome = new CompletableFuture<>();
  private final Duration patience;
  private boolean timedOut;
  private @Nullable Long giveUpAt;
  private long looked;

  /// @param what for people: `task run 'load-0'`
  /// @param scope where its thread is
  Timed(RunContext context, String what, Duration timeout, Scope scope) {
    this.context = context;
    this.threads = context.engine().threads();
    this.what = what;
    this.timeout = timeout;
    this.scope = scope;
    this.patience = context.engine().settings().patience();
  }

  /// Does it, and returns what it returns; throws what it throws.
  ///
  /// @throws TaskTimedOut when it was interrupted
  /// @throws StuckTask when it was, and goes on all the same
  R call(Callable<R> body) throws Exception {
    Callable<R> carried = Transaction.carry(body);
    TaskThreads.Begun thread = threads.beginApart(what, () -> run(carried));
    looked = threads.nanos();
    long end = looked + timeout.toNanos();
    while (true) {
      try {
        if (thread.join(waitUntil(end))) {
          return outcome.get();
        }
        look(thread, end);
      } catch (InterruptedException e) {
        thread.interrupt();
        giveUpLater();
      } catch (ExecutionException e) {
        throw thrown(outcome.exceptionNow());
      }
    }
  }

  private void run(Callable<R> body) {
    Interruptible work = context.work();
    try {
      outcome.complete(ScopedValue.where(Scope.CURRENT, scope).call(body::call));
    } catch (Throwable e) { // told to whoever waits, errors too
      outcome.completeExceptionally(e);
    } finally {
      context.done(work);
    }
  }

  private Duration waitUntil(long end) {
    Long at = giveUpAt;
    long left = (at == null ? end : at) - threads.nanos();
    return Duration.ofNanos(Math.clamp(left, 1, LOOK.toNanos()));
  }

  private void look(TaskThreads.Begun thread, long end) {
    long now = threads.nanos();
    long since = now - looked;
    looked = now;
    Long at = giveUpAt;
    if (at != null) {
      if (since > STOOD_STILL.toNanos()) { // it had no time to answer
        giveUpAt = at + since;
      } else if (now - at >= 0) {
        giveUp(thread);
      }
    } else if (now - end >= 0) {
      timedOut = true;
      thread.interrupt();
      giveUpLater();
    } else if (context.stopping()) { // which has interrupted it
      giveUpLater();
    }
  }

  private void giveUpLater() {
    if (giveUpAt == null) {
      giveUpAt = threads.nanos() + patience.toNanos();
    }
  }

  private void giveUp(TaskThreads.Begun thread) {
    scope.abandon();
    StuckTask stuck = new StuckTask(what, timeout, patience, thread.thread());
    if (context.stopping()) {
      context.log().flow(LogLevel.ERROR, String.valueOf(stuck.getMessage()));
      context.checkpoint();
    }
    throw stuck;
  }

  private Exception thrown(Throwable failure) {
    if (failure instanceof InterruptedException interrupt) {
      context.checkpoint();
      return timedOut ? new TaskTimedOut(what, timeout) : interrupt;
    }
    throw Thrown.unchecked(failure);
  }
}
