package dev.penstock.pipeline.run;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The time a run lives in. Safe for use by several threads.
public interface RunClock {
  /// The clock of the machine.
  RunClock SYSTEM = new RunClock() {};

  /// A time that only grows, in nanoseconds from an arbitrary origin.
  default long nanos() {
    return System.nanoTime();
  }

  /// The time of day.
  default Instant instant() {
    return Instant.now();
  }

  /// Waits so long; returns at once for 0 or less.
  default void sleep(long nanos) throws InterruptedException {
    if (nanos > 0) {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }
  }

  /// Waits until [#nanos] has come so far; returns at once when it has.
  default void sleepUntil(long nanos) throws InterruptedException {
    sleep(nanos - nanos());
  }

  /// Parks the calling thread for at most so long; may return early, for no reason too.
  default void park(Object blocker, long nanos) {
    LockSupport.parkNanos(blocker, nanos);
  }
}
