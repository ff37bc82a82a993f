package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunListeners;
import dev.penstock.pipeline.run.RunOptions;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A run that goes only as far as its caller pulls. Begins with the first pull.
final class PulledRun<T extends @Nullable Object> implements RecordIterator<T> {
  private final Step plan;
  private final RunOptions options;
  private @Nullable Run run;
  private @Nullable PullSegment records;
  private RunListeners.Registration cancellation = () -> {};
  private @Nullable Object next;
  private boolean ready;
  private boolean ended;

  PulledRun(Step plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  @Override
  public boolean hasNext() {
    if (!ready && !ended) {
      pull();
    }
    return ready;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // null is a record where T allows it
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object record = next;
    next = null;
    ready = false;
    if (record instanceof Signal.Failed failed) {
      throw Sneaky.raise(failed.failure.toThrow());
    }
    if (record instanceof Signal.Fatal fatal) {
      throw Sneaky.raise(fatal.cause);
    }
    return (T) record;
  }

  private void pull() {
    PullSegment from = records == null ? begin() : records;
    Run current = Objects.requireNonNull(run);
    current.enter();
    Throwable failure = null;
    try {
      next = from.pull(Long.MAX_VALUE);
      ready = next != Signal.END;
    } catch (Throwable t) {
      failure = current.reason(t);
    } finally {
      current.leave();
    }
    if (failure != null || !ready) {
      finish(failure);
    }
  }

  private PullSegment begin() {
    Run begun = new Run(plan, "", options, List.of());
    run = begun;
    if (options.cancellation() != null) {
      cancellation = options.cancellation().onCancel(begun::cancel);
    }
    PullSegment from = new Compiler(begun, false, false).pulled(plan);
    records = from;
    return from;
  }

  /// Closes, and hands what the run ends with to the pull in whose place it stands.
  private void finish(@Nullable Throwable failure) {
    Run over = run;
    ended = true;
    cancellation.close();
    if (over == null) {
      return;
    }
    Throwable result = over.close(failure);
    if (result == null) {
      result = over.takeAtEnd();
    }
    if (result != null) {
      next = new Signal.Fatal(result);
      ready = true;
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      ready = false;
      cancellation.close();
      Throwable failure = run == null ? null : run.close(null);
      if (failure != null) {
        throw Sneaky.raise(failure);
      }
    }
  }
}
