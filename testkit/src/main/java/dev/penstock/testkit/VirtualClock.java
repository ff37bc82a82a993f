package dev.penstock.testkit;

import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that stands still until it is told to move, so that hours pass in an instant and every
/// reading is known. Safe for use by several threads.
public final class VirtualClock implements RunClock {
  private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

  /// Parked threads look again so often, because `unpark` does not reach a condition.
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final boolean leaping;
  private long now;
  private int sleepers;

  private VirtualClock(boolean leaping) {
    this.leaping = leaping;
  }

  /// A clock that only [#advance] moves; sleepers wait for it.
  public static VirtualClock manual() {
    return new VirtualClock(false);
  }

  /// A clock that jumps ahead by as much as anybody sleeps or parks: for runs on one thread.
  public static VirtualClock leaping() {
    return new VirtualClock(true);
  }

  /// Lets so much time pass and wakes those whose time has come.
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time cannot go back by " + by);
    }
    move(by.toNanos());
  }

  /// How much time has passed since the clock was made.
  public Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  /// How many threads sleep and wait for the clock to move.
  public int sleepers() {
    lock.lock();
    try {
      return sleepers;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return ORIGIN.plusNanos(nanos());
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    if (nanos <= 0) {
      return;
    }
    if (leaping) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while sleeping " + nanos + " ns");
      }
      move(nanos);
      return;
    }
    lock.lockInterruptibly();
    try {
      long until = now + nanos;
      sleepers++;
      try {
        while (now < until) {
          moved.await();
        }
      } finally {
        sleepers--;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void park(Object blocker, long nanos) {
    if (nanos <= 0) {
      return;
    }
    if (leaping) {
      move(nanos);
      return;
    }
    long until = nanos() + nanos;
    if (nanos() < until && !Thread.currentThread().isInterrupted()) {
      RunClock.SYSTEM.park(blocker, LOOK_AGAIN_NANOS);
    }
  }

  @Override
  public String toString() {
    return "VirtualClock[" + elapsed() + "]";
  }

  private void move(long nanos) {
    lock.lock();
    try {
      now += nanos;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
