package dev.penstock.junit;

import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The time of a test. It stands still; or it leaps, so that whoever waits for a time finds that it
/// has come. Safe for use by several threads.
final class TestTime implements RunClock, InstantSource {
  private static final Instant BEGINS = Instant.parse("2026-01-01T00:00:00Z");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long nanos;
  private int leaping;

  @Override
  public long nanos() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return BEGINS.plusNanos(nanos());
  }

  /// Lets so much time pass.
  void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time cannot go back by " + by);
    }
    advanceTo(nanos() + by.toNanos());
  }

  private void advanceTo(long to) {
    lock.lock();
    try {
      nanos = Math.max(nanos, to);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets it leap until that is closed.
  Leaping leap() {
    count(1);
    return () -> count(-1);
  }

  @FunctionalInterface
  interface Leaping extends AutoCloseable {
    @Override
    void close();
  }

  private void count(int more) {
    lock.lock();
    try {
      leaping += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(long wanted) throws InterruptedException {
    sleepUntil(nanos() + wanted);
  }

  @Override
  public void sleepUntil(long until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (nanos < until) {
        if (leaping > 0) {
          nanos = until;
          changed.signalAll();
        } else {
          changed.await();
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
