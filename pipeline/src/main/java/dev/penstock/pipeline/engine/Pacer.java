package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.run.RunClock;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/// Holds a [Rate]. Two rules together: an exact log of the last `count` moments, so that no sliding
/// window ever holds more than `count`, also after a stall; and even spacing, where what a late
/// wake-up lost is caught up by at most ten gaps.
///
/// The moments logged are those at which the caller really went on, so the lock is held while
/// waiting. Callers are served one after the other. What a caller lets pass reaches others a little
/// later, and not always equally so: the last moment is moved towards the next call, so that they
/// see no window with too many either.
final class Pacer {
  private static final int CATCH_UP_GAPS = 10;

  /// The last moment is moved by at most this part of the window, which is what the rate can lose.
  private static final int LAG = 500;

  final Rate rate;
  private final RunClock clock;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final long per;
  private final long gap;
  private long[] log = new long[16];
  private long passed;

  /// When the next is due by even spacing alone.
  private long due = Long.MIN_VALUE;

  Pacer(Rate rate, RunClock clock) {
    this.rate = rate;
    this.clock = clock;
    this.per = Durations.nanos(rate.per());
    this.gap = per / rate.count();
  }

  /// Waits until one more may pass.
  void acquire() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = clock.nanos();
      if (due == Long.MIN_VALUE) {
        due = now;
      }
      if (passed > 0) {
        int last = (int) ((passed - 1) % rate.count());
        log[last] = Math.min(now, log[last] + per / LAG);
      }
      long at = due - (rate.burst() - 1) * gap;
      if (passed >= rate.count()) {
        at = Math.max(at, log[(int) (passed % rate.count())] + per);
      }
      while (at - now > 0) {
        clock.sleep(at - now);
        now = clock.nanos();
      }
      record(now);
      long catchUp = rate.burst() == 1 ? CATCH_UP_GAPS * gap : 0;
      due = Math.max(due, now - catchUp) + gap;
    } finally {
      lock.unlock();
    }
  }

  private void record(long now) {
    int slot = (int) (passed % rate.count());
    if (slot >= log.length) {
      log = Arrays.copyOf(log, Math.min(rate.count(), log.length * 2));
    }
    log[slot] = now;
    passed++;
  }
}
