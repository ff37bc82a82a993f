package dev.penstock.flow.engine;

import org.jspecify.annotations.Nullable;

/// A stretch of work that other threads may interrupt, until it is closed: nothing is left on the
/// thread afterwards.
final class Interruptible implements AutoCloseable {
  private @Nullable Thread thread = Thread.currentThread();
  private boolean interrupted;

  synchronized void interrupt() {
    if (thread != null) {
      interrupted = true;
      thread.interrupt();
    }
  }

  /// Whether [#interrupt] has come; else an interrupt is somebody else's.
  synchronized boolean interrupted() {
    return interrupted;
  }

  @Override
  public synchronized void close() {
    thread = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
