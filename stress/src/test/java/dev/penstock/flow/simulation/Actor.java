package dev.penstock.flow.simulation;

import dev.penstock.flow.store.Lease;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A thread of a simulated process. It runs only when it is its turn.
final class Actor {
  private final SimulatedProcess process;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back;
  private final @Nullable Lease lease;
  private final Thread thread;
  private long wakes;
  private boolean parked;
  private boolean over;
  private @Nullable Throwable failure;

  /// What a thread does.
  @FunctionalInterface
  interface Life {
    void live() throws InterruptedException;
  }

  /// @param back released at the end of each turn
  Actor(SimulatedProcess process, long now, Semaphore back, Life life) {
    this.process = process;
    this.wakes = now;
    this.back = back;
    this.lease = process.takeStarting();
    this.thread = Thread.ofVirtual().unstarted(() -> run(life));
    thread.start();
  }

  private void run(Life life) {
    turn.acquireUninterruptibly();
    try {
      if (process.isAlive()) {
        life.live();
      }
    } catch (Throwable e) { // told by [Actor#failure]
      failure = e;
    }
    over = true;
    back.release();
  }

  SimulatedProcess process() {
    return process;
  }

  /// The lease of the run that this thread was started for; null for others.
  @Nullable Lease lease() {
    return lease;
  }

  /// Begins its turn.
  void go() {
    turn.release();
  }

  /// Ends its turn, on its own thread.
  ///
  /// @throws Killed when its process is gone
  void await(long until, boolean parks) {
    wakes = until;
    parked = parks;
    process.requireAlive();
    back.release();
    turn.acquireUninterruptibly();
    parked = false;
    process.requireAlive();
  }

  /// Keeps it from its next turn until then.
  void stall(long until) {
    wakes = Math.max(wakes, until);
  }

  void wake(long now) {
    if (parked) {
      wakes = Math.min(wakes, now);
    }
  }

  /// When it can go on. One whose process is gone has only to run out.
  long ready() {
    return process.isAlive() ? Math.max(wakes, process.stoppedUntil()) : wakes;
  }

  Thread thread() {
    return thread;
  }

  boolean isOver() {
    return over;
  }

  /// What ended it; null when it came to its end.
  @Nullable Throwable failure() {
    return failure;
  }

  /// The end of a process, at any point of its code.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }
}
