package dev.penstock.pipeline.plan;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// When and how often a failed call is tried again. An exception that is a [RetryAfter] sets the
/// delay itself where that is longer. `Error` and interruption are never retried.
///
/// @param times how many retries there are after the first attempt, at least 1
/// @param delays how long to wait before each
/// @param jitter the share of each delay that is drawn at random, from 0 (none) to 1 (anything up
///   to the delay)
/// @param when which exceptions are worth it; null for all
/// @param budget how many retries all records of one run may use together; past that a failure is
///   final
public record Retry(
    int times, Delays delays, double jitter, @Nullable Check<Exception> when, long budget)
    implements Serializable {

  public Retry {
    if (times < 1) {
      throw new IllegalArgumentException("retry times must be at least 1, was " + times);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("retry jitter must be from 0 to 1, was " + jitter);
    }
    if (budget < 0) {
      throw new IllegalArgumentException("retry budget must be at least 0, was " + budget);
    }
  }

  /// So many retries: after 100 ms, 200 ms, 400 ms … at most 30 s, with half of each delay drawn at
  /// random.
  public static Retry times(int times) {
    return new Retry(
        times,
        new Delays.Exponential(Duration.ofMillis(100), Duration.ofSeconds(30)),
        0.5,
        null,
        Long.MAX_VALUE);
  }

  /// The same with a fixed delay and no jitter.
  public Retry every(Duration delay) {
    return new Retry(times, new Delays.Fixed(delay), 0, when, budget);
  }

  /// The same with these delays and no jitter; the last one is used again when there are more
  /// retries.
  public Retry delays(Duration... delays) {
    return new Retry(times, new Delays.Listed(List.of(delays)), 0, when, budget);
  }

  /// The same with delays that double from `first` up to `longest`.
  public Retry exponential(Duration first, Duration longest) {
    return new Retry(times, new Delays.Exponential(first, longest), jitter, when, budget);
  }

  /// The same with this share of each delay drawn at random.
  public Retry jitter(double share) {
    return new Retry(times, delays, share, when, budget);
  }

  /// The same for exceptions that meet the condition only.
  public Retry when(Check<Exception> condition) {
    return new Retry(times, delays, jitter, condition, budget);
  }

  /// The same for exceptions of these types only.
  @SafeVarargs
  public final Retry on(Class<? extends Exception>... types) {
    List<Class<? extends Exception>> wanted = List.of(types);
    return when(e -> wanted.stream().anyMatch(t -> t.isInstance(e)));
  }

  /// The same with at most so many retries in one run.
  public Retry budget(long retries) {
    return new Retry(times, delays, jitter, when, retries);
  }

  /// Whether a failed attempt is worth another; attempts count from 1.
  public boolean again(int attempt, Exception failure) throws Exception {
    return attempt <= times
        && !(failure instanceof InterruptedException)
        && (when == null || when.holds(failure));
  }

  /// How many nanoseconds to wait after attempt `attempt`, counted from 1, has failed.
  public long delayNanos(int attempt, Exception failure) {
    long delay = Durations.nanos(delays.before(attempt));
    if (jitter > 0 && delay > 0) {
      delay -= (long) (delay * jitter * ThreadLocalRandom.current().nextDouble());
    }
    if (failure instanceof RetryAfter said && said.retryAfter().isPresent()) {
      delay = Math.max(delay, Durations.nanos(said.retryAfter().get()));
    }
    return delay;
  }

  /// A function that calls `fn` with this retry, for use outside of pipelines too. It waits on the
  /// calling thread.
  public <T extends @Nullable Object, R extends @Nullable Object> Fn<T, R> around(Fn<T, R> fn) {
    return input -> {
      for (int attempt = 1; ; attempt++) {
        try {
          return fn.apply(input);
        } catch (Exception e) {
          if (!again(attempt, e)) {
            throw e;
          }
          Thread.sleep(Duration.ofNanos(delayNanos(attempt, e)));
        }
      }
    };
  }
}
