package dev.penstock.pipeline.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs a call concurrently. Workers pull the segment above under one lock, run the call outside it
/// and store the result into a ring of slots; the segment below only takes. A result's slot is its
/// place in the order of the records, or of completion when that is wanted.
///
/// Workers are started, and woken, one at a time: each that gets a record to work on wakes the
/// next, unless one is on its way already. So a call that blocks soon has all of them, and one that
/// does not is served by as many as there are processors.
///
/// A full ring is the only bound on what is pulled ahead. The taker publishes how far it has come
/// in steps, since that costs a fence; the steps are small against the window, and there are none
/// in a small one.
final class Ring implements Puller, Gauges.Waiting {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle PULLING = field("pulling", int.class);
  private static final VarHandle WAKING = field("waking", int.class);
  private static final VarHandle PLACED = field("placed", long.class);
  private static final Object NULL = new Object();
  private static final int SPINS = 64;

  private final Run run;
  private final String name;
  private final PullSegment upstream;
  private final Call call;
  private final Meter meter;
  private final int concurrency;
  private final int window;
  private final boolean ordered;
  private final @Nullable Object[] slots;
  private final long[] coordinates;
  private final @Nullable Trace trace;
  private final int mask;

  // of the workers; written under the pull lock
  private volatile int pulling;
  private volatile long claimed;
  private long records;
  private volatile boolean ended;
  private long endCoordinate;
  private volatile long placed;

  // of idle workers; guarded by `idle` but for the counts, which are looked at without
  private final ArrayDeque<Worker> idle = new ArrayDeque<>();
  private volatile int idleCount;
  private volatile int started;
  private volatile int waking;
  private volatile boolean full;

  // of the taker
  private long taken;
  private volatile long published;
  private final long publishEvery;
  private volatile long waitingFor = -1;
  private volatile @Nullable Thread taker;
  private long coordinate;
  private @Nullable Piece piece;
  private long number;

  /// What ends the run at once, whatever comes before it.
  private volatile @Nullable Throwable fatal;

  Ring(
      Run run,
      String name,
      PullSegment upstream,
      Call call,
      Meter meter,
      int concurrency,
      int window,
      boolean ordered) {
    this.run = run;
    this.name = name;
    this.upstream = upstream;
    this.call = call;
    this.meter = meter;
    this.concurrency = concurrency;
    this.window = window;
    this.ordered = ordered;
    int capacity = Integer.highestOneBit(Math.max(2, window) * 2 - 1);
    slots = new @Nullable Object[capacity];
    coordinates = new long[capacity];
    trace = Trace.of(run, capacity);
    mask = capacity - 1;
    publishEvery = window >= 256 ? window / 16 : 1;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Ring.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // The taker

  @Override
  public @Nullable Object pull(long until) {
    if (started == 0) {
      wakeOne();
    }
    int slot = (int) taken & mask;
    Object result = SLOT.getAcquire(slots, slot);
    if (result == null) {
      result = await(slot, until);
      if (result == Signal.END) {
        coordinate = endCoordinate;
        return result;
      }
      if (result == Signal.TIMEOUT) {
        return result;
      }
    }
    slots[slot] = null;
    if (trace != null) {
      piece = trace.take(slot);
      number = trace.number(slot);
    }
    coordinate = ordered ? coordinates[slot] : 0;
    taken++;
    if (taken - published >= publishEvery) {
      publish();
    }
    if (!(result instanceof Signal)) {
      meter.out++;
    }
    return result == NULL ? null : result;
  }

  private void publish() {
    published = taken;
    if (full) {
      full = false;
      wakeOne();
    }
  }

  private Object await(int slot, long until) {
    if (published != taken) {
      publish();
    }
    taker = Thread.currentThread();
    try {
      waitingFor = taken;
      while (true) {
        Object result = SLOT.getVolatile(slots, slot);
        if (result != null) {
          return result;
        }
        Throwable failure = fatal;
        if (failure != null) {
          throw Sneaky.raise(failure);
        }
        if (ended && taken == claimed) {
          return Signal.END;
        }
        run.check();
        if (until == Long.MAX_VALUE) {
          LockSupport.park(this);
        } else {
          long left = until - run.clock.nanos();
          if (left <= 0) {
            return Signal.TIMEOUT;
          }
          run.clock.park(this, left);
        }
        run.checkInterrupt();
      }
    } finally {
      waitingFor = -1;
    }
  }

  @Override
  public long coordinate() {
    return coordinate;
  }

  @Override
  public @Nullable Piece piece() {
    return piece;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long idleCoordinate() {
    // what has left the segment above was claimed before: the order of these two reads matters
    long clean = upstream.idleCoordinate();
    return taken == claimed ? clean : -1;
  }

  // The workers

  private final class Worker implements Traced {
    private @Nullable Thread thread;
    private @Nullable Piece from;
    private long number;
    private volatile boolean parked;
    private final @Nullable Watch watch = call.watch(Ring.this::fail);

    void work() {
      thread = Thread.currentThread();
      waking = 0;
      try {
        while (!ended && fatal == null) {
          if (!pullLock() || !claimAndWork()) {
            rest();
          }
        }
      } catch (Throwable t) {
        fail(t);
      } finally {
        wakeOne(); // so that all learn of the end
      }
    }

    private boolean pullLock() {
      for (int i = 0; i < SPINS; i++) {
        if (pulling == 0 && PULLING.compareAndSet(Ring.this, 0, 1)) {
          return true;
        }
        if (concurrency == 1) {
          return false;
        }
        Thread.onSpinWait();
      }
      return false;
    }

    /// Pulls one record and works on it; false when there is no room. Holds the pull lock when
    /// called.
    private boolean claimAndWork() {
      long claim = claimed;
      if (ended || claim - published >= window) {
        pulling = 0;
        return ended;
      }
      long index = records;
      Object record = claim(claim);
      if (record == Signal.END) {
        return true;
      }
      coordinates[(int) claim & mask] = upstream.coordinate();
      if (trace != null) {
        from = upstream.piece();
        number = upstream.number();
      }
      claimed = claim + 1;
      boolean last = record instanceof Signal.Fatal;
      ended |= last;
      if (record instanceof Mark && !ordered) {
        // before anybody may pull what comes after it
        place(claim, record);
        pulling = 0;
        wakeOne();
        return true;
      }
      pulling = 0;
      if (!last) {
        wakeOne();
      }
      place(claim, call(record, index));
      return true;
    }

    /// Takes the next record from above, or what ends the run; at the end the lock is kept.
    private @Nullable Object claim(long claim) {
      try {
        Object record = upstream.pull(Long.MAX_VALUE);
        if (record == Signal.END) {
          endCoordinate = upstream.coordinate();
          ended = true;
          LockSupport.unpark(taker);
        } else if (record instanceof Mark && !ordered) {
          awaitPlaced(claim);
        }
        records += record instanceof Signal ? 0 : 1;
        return record;
      } catch (Throwable t) {
        return new Signal.Fatal(t);
      }
    }

    private @Nullable Object call(@Nullable Object record, long index) {
      return record instanceof Signal ? record : call.apply(record, index, watch, this);
    }

    private void place(long claim, @Nullable Object result) {
      long at = ordered ? claim : (long) PLACED.getAndAdd(Ring.this, 1L);
      int slot = (int) at & mask;
      if (trace != null) {
        trace.put(slot, from, number);
        from = null;
      }
      SLOT.setVolatile(slots, slot, result == null ? NULL : result);
      if (waitingFor == at) {
        LockSupport.unpark(taker);
      }
    }

    @Override
    public @Nullable Piece piece() {
      return from;
    }

    @Override
    public long number() {
      return number;
    }

    /// Waits until everything claimed before is placed: in the order of completion, a mark keeps
    /// its place too.
    private void awaitPlaced(long claim) throws InterruptedException {
      while (placed != claim) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.parkNanos(this, 20_000);
      }
    }

    /// Parks until there may be something to do.
    private void rest() {
      synchronized (idle) {
        parked = true;
        idle.push(this);
        idleCount = idle.size();
      }
      if (claimed - published >= window) {
        full = true; // once it is idle: a taker that takes this back finds somebody to wake
      }
      if (ended || fatal != null || (pulling == 0 && claimed - published < window)) {
        wakeOne();
      }
      while (parked) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw Sneaky.raise(new InterruptedException());
        }
      }
      waking = 0;
    }
  }

  private void fail(Throwable t) {
    if (fatal == null) {
      fatal = t;
    }
    ended = true;
    LockSupport.unpark(taker);
  }

  /// Wakes or starts a worker, unless one is on its way.
  private void wakeOne() {
    if (idleCount == 0 && started == concurrency) {
      return;
    }
    if (waking != 0 || !WAKING.compareAndSet(this, 0, 1)) {
      return;
    }
    Worker next;
    synchronized (idle) {
      next = idle.poll();
      idleCount = idle.size();
      if (next == null && (started == concurrency || ended)) {
        waking = 0;
        return;
      }
      if (next == null) {
        started++;
      }
    }
    if (next == null) {
      run.start(name + "-" + started, new Worker()::work);
    } else {
      next.parked = false;
      LockSupport.unpark(next.thread);
    }
  }

  // Figures for whoever watches

  @Override
  public int queued() {
    return (int) Math.max(0, claimed - published);
  }

  @Override
  public int capacity() {
    return window;
  }

  int working() {
    return started - idleCount;
  }

  int concurrency() {
    return concurrency;
  }
}
