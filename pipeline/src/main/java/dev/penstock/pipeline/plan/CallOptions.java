package dev.penstock.pipeline.plan;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a step calls the user's function.
///
/// @param concurrency how many calls run at once, at least 1
/// @param ordered whether results keep the order of their records
/// @param window how many records may be pulled ahead of the next result; 0 for max(1024, 16 x
///   concurrency)
/// @param retry null for none
/// @param timeout of one attempt; null for none
/// @param rate a limit on attempts, retries included; null for none
public record CallOptions(
    int concurrency,
    boolean ordered,
    int window,
    @Nullable Retry retry,
    @Nullable Duration timeout,
    @Nullable Limiter rate)
    implements Serializable {

  /// One call at a time on the pipeline's own thread.
  public static final CallOptions NONE = new CallOptions(1, true, 0, null, null, null);

  public CallOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
    }
    if (window < 0) {
      throw new IllegalArgumentException("window must be at least 1, was " + window);
    }
    if (window > 0 && window < concurrency) {
      throw new IllegalArgumentException(
          "window "
              + window
              + " is smaller than concurrency "
              + concurrency
              + ": some of the calls could never run");
    }
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }

  /// The same with so many calls at once.
  public CallOptions concurrency(int calls) {
    return new CallOptions(calls, ordered, window, retry, timeout, rate);
  }

  /// The same with results in the order of their completion.
  public CallOptions unordered() {
    return new CallOptions(concurrency, false, window, retry, timeout, rate);
  }

  /// The same with another bound on records pulled ahead, at least the concurrency.
  public CallOptions window(int records) {
    if (records < 1) {
      throw new IllegalArgumentException("window must be at least 1, was " + records);
    }
    return new CallOptions(concurrency, ordered, records, retry, timeout, rate);
  }

  /// The same with retries.
  public CallOptions retry(Retry retry) {
    return new CallOptions(concurrency, ordered, window, retry, timeout, rate);
  }

  /// The same with a limit on the time of one attempt; it is interrupted then.
  public CallOptions timeout(Duration timeout) {
    return new CallOptions(concurrency, ordered, window, retry, timeout, rate);
  }

  /// The same with a limit on attempts, for this step alone.
  public CallOptions rate(Rate rate) {
    return rate(Limiter.of(rate));
  }

  /// The same with a limit on attempts that may be shared with other pipelines.
  public CallOptions rate(Limiter limiter) {
    return new CallOptions(concurrency, ordered, window, retry, timeout, limiter);
  }

  /// The window in force.
  public int effectiveWindow() {
    return window > 0 ? window : Math.max(1024, Math.multiplyExact(16, concurrency));
  }

  /// Whether calls run on threads of their own.
  public boolean concurrent() {
    return concurrency > 1 || timeout != null || !ordered || window > 0;
  }
}
