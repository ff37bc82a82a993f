package dev.penstock.pipeline;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Commit;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.plan.Within;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The words that steps are set with, to import statically: `map(fetch,
/// concurrency(8).retry(times(3)))`.
public class Steps {
  protected Steps() {}

  /// So many calls at once, on threads of their own; results keep their order.
  public static CallOptions concurrency(int calls) {
    return CallOptions.NONE.concurrency(calls);
  }

  /// Failed calls are tried again.
  public static CallOptions retry(Retry retry) {
    return CallOptions.NONE.retry(retry);
  }

  /// A limit on the time of one call; it is interrupted then.
  public static CallOptions timeout(Duration timeout) {
    return CallOptions.NONE.timeout(timeout);
  }

  /// A limit on calls, retries included.
  public static CallOptions rate(Rate rate) {
    return CallOptions.NONE.rate(rate);
  }

  /// A limit on calls, retries included, that is shared by its name.
  public static CallOptions rate(Limiter limiter) {
    return CallOptions.NONE.rate(limiter);
  }

  /// So many retries, after 100 ms, 200 ms, 400 ms … with jitter.
  public static Retry times(int times) {
    return Retry.times(times);
  }

  /// So many a second, evenly spread.
  public static Rate perSecond(int count) {
    return Rate.of(count, Duration.ofSeconds(1));
  }

  /// So many a minute, evenly spread.
  public static Rate perMinute(int count) {
    return Rate.of(count, Duration.ofMinutes(1));
  }

  /// So many in any window of this length, evenly spread.
  public static Rate per(int count, Duration window) {
    return Rate.of(count, window);
  }

  /// How long a batch may stay open after its first record.
  public static Within within(Duration duration) {
    return new Within(duration);
  }

  /// Batches of so many records, to be refined by `within`, `keys` and `waiting`.
  public static Batching upTo(int size) {
    return Batching.upTo(size);
  }

  /// Reports after each so many records or failures.
  public static Observation every(long records) {
    return Observation.every(records);
  }

  /// Reports at such intervals.
  public static Observation every(Duration interval) {
    return Observation.every(interval);
  }

  /// Commits after so many records or so long, whichever comes first.
  public static Commit commitEvery(long records, Within within) {
    return new Commit(records, within.duration());
  }

  /// A function that waits for what `fn` has begun: `map(async(client::getAsync),
  /// concurrency(100))`. Waiting holds no operating-system thread; when it is interrupted, the
  /// stage is cancelled.
  public static <T extends @Nullable Object, R extends @Nullable Object> Fn<T, R> async(
      Fn<? super T, ? extends CompletionStage<? extends R>> fn) {
    return input -> {
      CompletableFuture<? extends R> future = fn.apply(input).toCompletableFuture();
      try {
        return future.get();
      } catch (InterruptedException e) {
        future.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e;
      }
    };
  }
}
