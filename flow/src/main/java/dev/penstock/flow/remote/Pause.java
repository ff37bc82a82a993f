package dev.penstock.flow.remote;

import java.util.concurrent.TimeUnit;

/// A sleep that is slept to its end; who was interrupted meanwhile is so afterwards.
final class Pause {
  private Pause() {}

  static void of(long nanos) {
    boolean interrupted = false;
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
