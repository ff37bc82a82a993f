package dev.penstock.pipeline.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A lock for two: an owner, which takes and leaves it for every record, and a guest, which wants
/// it once in a while. The owner pays one atomic operation, and does not look whether the guest
/// waits; so the guest that finds it taken looks again after a short pause. The owner, which finds
/// it taken hardly ever, is woken.
final class OwnerLock {
  private static final VarHandle TAKEN;
  private static final int SPINS = 64;
  private static final long SHORTEST_PAUSE = 20_000;
  private static final long LONGEST_PAUSE = 1_000_000;

  static {
    try {
      TAKEN = MethodHandles.lookup().findVarHandle(OwnerLock.class, "taken", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Run run;
  private volatile int taken;
  private volatile @Nullable Thread owner;

  OwnerLock(Run run) {
    this.run = run;
  }

  /// Takes it for the owner.
  ///
  /// @throws InterruptedException undeclared, when the run ends meanwhile
  void enter() {
    if (!TAKEN.compareAndSet(this, 0, 1)) {
      awaitGuest();
    }
  }

  private void awaitGuest() {
    owner = Thread.currentThread();
    try {
      while (!TAKEN.compareAndSet(this, 0, 1)) {
        LockSupport.park(this);
        run.checkInterrupt();
      }
    } finally {
      owner = null;
    }
  }

  void leave() {
    TAKEN.setRelease(this, 0);
  }

  /// Takes it for the guest.
  ///
  /// @throws InterruptedException undeclared, when the run ends meanwhile
  void enterAsGuest() {
    long pause = SHORTEST_PAUSE;
    while (!tryOften()) {
      LockSupport.parkNanos(this, pause);
      run.checkInterrupt();
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private boolean tryOften() {
    for (int i = 0; i < SPINS; i++) {
      if (taken == 0 && TAKEN.compareAndSet(this, 0, 1)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  void leaveAsGuest() {
    taken = 0; // ordered before the look at the owner, as its look at the lock is after its name
    Thread waiting = owner;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }
}
