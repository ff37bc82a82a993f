package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.plan.Step;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The user's function with its retries and rate. Used by several threads at once when the step is
/// concurrent.
final class Call {
  private final Fn<@Nullable Object, @Nullable Object> fn;
  private final @Nullable Retry retry;
  private final @Nullable Duration timeout;
  private final @Nullable Pacer pacer;
  private final Run run;
  private final Meter meter;
  private final AtomicLong retries = new AtomicLong();

  Call(Step step, Run run, Meter meter) {
    this.run = run;
    this.meter = meter;
    CallOptions options;
    switch (step) {
      case Step.Map map -> {
        fn = map.fn();
        options = map.options();
      }
      case Step.Tap tap -> {
        Action<@Nullable Object> action = tap.action();
        fn =
            record -> {
              action.accept(record);
              return record;
            };
        options = tap.options();
      }
      default -> throw new IllegalArgumentException("no step that calls a function: " + step);
    }
    retry = options.retry();
    timeout = options.timeout();
    pacer = options.rate() == null ? null : run.pacer(options.rate());
  }

  /// What watches over one worker's calls; null when they have no timeout.
  @Nullable Watch watch(Consumer<Throwable> onStuck) {
    return timeout == null ? null : run.watch(meter.name, timeout, onStuck);
  }

  /// The result, or a [Signal.Failed].
  ///
  /// @param from knows what the record was made of
  @Nullable Object apply(@Nullable Object record, long index, @Nullable Watch watch, Traced from) {
    for (int attempt = 1; ; attempt++) {
      try {
        if (pacer != null) {
          pacer.acquire();
        }
        return watch == null ? fn.apply(record) : watched(record, watch);
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          throw Sneaky.raise(e);
        }
        Exception last = again(attempt, e);
        if (last != null) {
          meter.addFailed();
          return new Signal.Failed(
              new Failure(record, meter.name, index, attempt, last, from.position()));
        }
      }
    }
  }

  private @Nullable Object watched(@Nullable Object record, Watch watch) throws Exception {
    watch.begin();
    Object result;
    try {
      result = fn.apply(record);
    } catch (Exception e) {
      TimeoutException late = watch.end();
      if (late == null) {
        throw e;
      }
      late.addSuppressed(e);
      throw late;
    } catch (Error e) {
      watch.end();
      throw e;
    }
    TimeoutException late = watch.end();
    if (late != null) {
      throw late;
    }
    return result;
  }

  /// Waits for the next attempt; what the record fails with when there is none.
  private @Nullable Exception again(int attempt, Exception e) {
    if (retry == null) {
      return e;
    }
    try {
      if (!retry.again(attempt, e) || retries.getAndIncrement() >= retry.budget()) {
        return e;
      }
      meter.addRetried();
      run.clock.sleep(retry.delayNanos(attempt, e));
      return null;
    } catch (InterruptedException interrupted) {
      throw Sneaky.raise(interrupted);
    } catch (Exception inCondition) {
      inCondition.addSuppressed(e);
      return inCondition;
    }
  }
}
