package dev.penstock.flow.engine;

import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Store;
import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The threads of this process that wait for slots of limits, in the order in which they came.
/// Those in front are woken when a slot of theirs is given back; word of that may be lost, and all
/// look from time to time anyway. Safe for use by several threads.
final class SlotWaiters implements AutoCloseable {
  /// How many look when one slot is given back: the first in the line of the store may be of
  /// another process.
  private static final int WOKEN = 32;

  private final Store store;
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private @Nullable AutoCloseable listening;

  SlotWaiters(Store store) {
    this.store = store;
  }

  /// Joins the waiting; to be called before the store is asked, so that no word is missed.
  synchronized Waiter join(List<LimitKey> keys) {
    if (listening == null) {
      listening = store.listenForSlots(this::givenBack);
    }
    Waiter waiter = new Waiter(keys.stream().map(LimitKey::toString).toList());
    waiters.add(waiter);
    return waiter;
  }

  synchronized int count() {
    return waiters.size();
  }

  private void givenBack(String key) {
    List<Waiter> first;
    synchronized (this) {
      first = waiters.stream().filter(each -> each.keys.contains(key)).limit(WOKEN).toList();
    }
    first.forEach(Waiter::wake);
  }

  @Override
  public void close() throws Exception {
    AutoCloseable open;
    synchronized (this) {
      open = listening;
      listening = null;
    }
    if (open != null) {
      open.close();
    }
  }

  /// One that waits.
  final class Waiter implements AutoCloseable {
    private final List<String> keys;
    private boolean woken;
    private @Nullable Interruptible nap;

    private Waiter(List<String> keys) {
      this.keys = keys;
    }

    private synchronized void wake() {
      woken = true;
      if (nap != null) {
        nap.interrupt();
      }
    }

    /// Sleeps until it is woken, at most so long.
    ///
    /// @throws InterruptedException when somebody else interrupts
    void sleep(RunClock clock, Duration atMost) throws InterruptedException {
      Interruptible mine = begin();
      if (mine == null) {
        return;
      }
      try {
        clock.sleep(atMost.toNanos());
      } catch (InterruptedException e) {
        if (!mine.interrupted()) {
          throw e;
        }
      } finally {
        end(mine);
      }
    }

    private synchronized @Nullable Interruptible begin() {
      if (woken) {
        woken = false;
        return null;
      }
      nap = new Interruptible();
      return nap;
    }

    private synchronized void end(Interruptible mine) {
      nap = null;
      woken = false;
      mine.close();
    }

    @Override
    public void close() {
      synchronized (SlotWaiters.this) {
        waiters.remove(this);
      }
    }
  }
}
