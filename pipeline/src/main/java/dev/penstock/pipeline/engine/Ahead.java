package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs the segment above on a thread of its own, ahead of the segment below. The reader appends
/// under a lock that is free almost always; the taker, when it has used up what it took, takes all
/// that has come since at once. So both pay a few nanoseconds per record, and whatever is ready can
/// be taken at any moment.
final class Ahead extends Stage implements Puller, Gauges.Waiting {
  private static final VarHandle LOCK;
  private static final Object NULL = new Object();

  static {
    try {
      LOCK = MethodHandles.lookup().findVarHandle(Ahead.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Run run;
  private final int window;
  private final Meter passed;

  /// The taker tells how far it has come after so many records; each time costs a fence.
  private final int publishEvery;

  private @Nullable Head head;
  private volatile int lock;

  // guarded by the lock
  private @Nullable Object[] incoming;
  private long[] incomingCoordinates;
  private @Nullable Trace incomingTrace;
  private int size;
  private boolean ended;
  private long endCoordinate;
  private @Nullable Throwable failure;
  private @Nullable Thread waitingTaker;

  // of the reader
  private long pushed;
  private volatile @Nullable Thread waitingReader;

  // of the taker
  private @Nullable Object[] outgoing;
  private long[] outgoingCoordinates;
  private @Nullable Trace outgoingTrace;
  private int next;
  private int end;
  private long taken;
  private volatile long published;
  private long coordinate;
  private @Nullable Piece piece;
  private long number;
  private boolean begun;

  /// @param passed counts the records that were taken
  Ahead(Run run, int window, Meter passed) {
    this.run = run;
    this.window = window;
    this.passed = passed;
    publishEvery = window >= 64 ? window / 8 : 1;
    int room = Math.min(window, 16) + 8;
    incoming = new @Nullable Object[room];
    outgoing = new @Nullable Object[room];
    incomingCoordinates = new long[room];
    outgoingCoordinates = new long[room];
    incomingTrace = Trace.of(run, room);
    outgoingTrace = Trace.of(run, room);
  }

  /// The segment above, whose end this is.
  void reads(Head head) {
    this.head = head;
  }

  // The reader

  private void read() {
    Head from = Objects.requireNonNull(head);
    Throwable cause = null;
    try {
      if (!from.segment.stopped) {
        from.drain();
      }
      from.finish();
    } catch (Throwable t) {
      cause = t;
    }
    lock();
    ended = true;
    failure = cause;
    endCoordinate = from.clean();
    Thread taker = waitingTaker;
    unlock();
    LockSupport.unpark(taker);
  }

  @Override
  boolean push(@Nullable Object record) {
    return append(record == null ? NULL : record);
  }

  private boolean append(Object record) {
    Head from = Objects.requireNonNull(head);
    long coordinate = from.clean();
    pushed++;
    lock();
    int at = size;
    if (at == incoming.length) {
      grow();
    }
    incoming[at] = record;
    incomingCoordinates[at] = coordinate;
    if (incomingTrace != null) {
      incomingTrace.put(at, from.piece(), from.number());
    }
    size = at + 1;
    Thread taker = waitingTaker;
    waitingTaker = null;
    unlock();
    if (taker != null) {
      LockSupport.unpark(taker);
    }
    if (pushed - published >= window) {
      awaitRoom(); // before the next is read, so that no more than the window is ahead
    }
    return true;
  }

  private void grow() {
    int room = incoming.length * 2;
    incoming = Arrays.copyOf(incoming, room);
    incomingCoordinates = Arrays.copyOf(incomingCoordinates, room);
    if (incomingTrace != null) {
      incomingTrace.grow(room);
    }
  }

  private void awaitRoom() {
    Segment segment = Objects.requireNonNull(head).segment;
    int before = segment.state;
    segment.state = Segment.BLOCKED;
    waitingReader = Thread.currentThread();
    while (pushed - published >= window) {
      LockSupport.park(this);
      run.checkInterrupt();
    }
    waitingReader = null;
    segment.state = before;
  }

  @Override
  boolean fail(Failure failure) {
    return append(new Signal.Failed(failure));
  }

  @Override
  void mark(Mark mark) {
    append(mark);
  }

  @Override
  void end() {}

  // The taker

  @Override
  public @Nullable Object pull(long until) {
    if (next == end) {
      Object signal = refill(until);
      if (signal != null) {
        return signal;
      }
    }
    Object record = outgoing[next];
    outgoing[next] = null;
    coordinate = outgoingCoordinates[next];
    if (outgoingTrace != null) {
      piece = outgoingTrace.take(next);
      number = outgoingTrace.number(next);
    }
    next++;
    taken++;
    if (taken - published >= publishEvery) {
      publish();
    }
    if (!(record instanceof Signal)) {
      passed.out++;
    }
    return record == NULL ? null : record;
  }

  private void publish() {
    published = taken;
    Thread reader = waitingReader;
    if (reader != null) {
      LockSupport.unpark(reader);
    }
  }

  /// Takes all that has come; a signal when that is nothing.
  private @Nullable Signal refill(long until) {
    if (!begun) {
      begun = true;
      run.start("ahead", this::read);
    }
    if (published != taken) {
      publish();
    }
    boolean late = false;
    while (true) {
      lock();
      if (size > 0) {
        swap();
        unlock();
        return null;
      }
      if (ended) {
        Throwable cause = failure;
        coordinate = endCoordinate;
        unlock();
        if (cause != null) {
          throw Sneaky.raise(cause);
        }
        return Signal.END;
      }
      waitingTaker = late ? null : Thread.currentThread();
      unlock();
      if (late) {
        return Signal.TIMEOUT;
      }
      late = !park(until);
    }
  }

  private boolean park(long until) {
    run.check();
    if (until == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      long left = until - run.clock.nanos();
      if (left <= 0) {
        return false;
      }
      run.clock.park(this, left);
    }
    run.checkInterrupt();
    return true;
  }

  private void swap() {
    @Nullable Object[] records = incoming;
    long[] coordinates = incomingCoordinates;
    Trace trace = incomingTrace;
    incoming = outgoing;
    incomingCoordinates = outgoingCoordinates;
    incomingTrace = outgoingTrace;
    outgoing = records;
    outgoingCoordinates = coordinates;
    outgoingTrace = trace;
    next = 0;
    end = size;
    size = 0;
  }

  private void lock() {
    while (!LOCK.compareAndSet(this, 0, 1)) {
      Thread.onSpinWait();
      if (lock != 0) {
        Thread.yield();
      }
    }
  }

  private void unlock() {
    LOCK.setRelease(this, 0);
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
    // what has left the segment above was pushed before: the order of these two reads matters
    long clean = Objects.requireNonNull(head).clean();
    lock();
    boolean nothing = next == end && size == 0;
    unlock();
    return nothing ? clean : -1;
  }

  @Override
  public int queued() {
    return (int) Math.max(0, pushed - published);
  }

  @Override
  public int capacity() {
    return window;
  }
}
