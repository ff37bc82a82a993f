package dev.penstock.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;

/// The numbers from 0 up to a limit, which counts how many were taken from it.
final class Counted implements Iterable<Integer> {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final int limit;
  final AtomicInteger taken = new AtomicInteger();

  Counted(int limit) {
    this.limit = limit;
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < limit;
      }

      @Override
      public Integer next() {
        if (next >= limit) {
          throw new NoSuchElementException();
        }
        taken.incrementAndGet();
        return next++;
      }
    };
  }

  /// Waits until so many were taken, and looks a little later that no more are.
  void settlesAt(int count) throws InterruptedException {
    until(taken, count);
    Thread.sleep(30);
    assertThat(taken).hasValue(count);
  }

  static void until(AtomicInteger number, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (number.get() < count && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    assertThat(number.get()).isGreaterThanOrEqualTo(count);
  }
}
