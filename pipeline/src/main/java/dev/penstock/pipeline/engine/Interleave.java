package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes several iterables apart at once, each on a thread of its own. In order, their elements
/// come in turn: the next of the one that has waited longest, and a new iterable takes the place of
/// one that has ended. Otherwise whichever is ready. A mark comes out when everything that came in
/// before it has, and nothing is taken in until then.
final class Interleave implements Puller {
  private static final int AHEAD = 16;
  private static final Object NULL = new Object();

  private final Run run;
  private final PullSegment upstream;
  private final Fn<@Nullable Object, Iterable<?>> fn;
  private final Meter meter;
  private final int lanes;
  private final boolean ordered;
  private final ArrayDeque<Lane> turns = new ArrayDeque<>();
  private final BlockingQueue<Object> ready;
  private final ReentrantLock pulling = new ReentrantLock();
  private long records;
  private boolean ended;
  private int running;

  /// What was taken apart to what came out last; null where that is not known.
  private @Nullable Carried last;

  /// Comes out when no iterable is open any more; of the order in turn.
  private @Nullable Mark held;

  /// How much has come in and is not all out; of the order of completion.
  private final AtomicInteger open = new AtomicInteger();

  /// The elements of an iterable.
  ///
  /// @param of the record that it was made of
  private record Lane(Carried of, BlockingQueue<Object> elements) {}

  Interleave(Run run, PullSegment upstream, Step.FlatMap step, Meter meter) {
    this.run = run;
    this.upstream = upstream;
    this.meter = meter;
    fn = step.fn();
    lanes = step.options().concurrency();
    ordered = step.options().ordered();
    ready = new ArrayBlockingQueue<>(AHEAD * lanes);
  }

  @Override
  public @Nullable Object pull(long until) {
    try {
      Object next = ordered ? inTurn() : whicheverIsReady();
      if (next instanceof Carried child) {
        last = child;
        next = child.record();
      }
      if (next instanceof Signal.Fatal fatal) {
        throw Sneaky.raise(fatal.cause);
      }
      if (next == NULL) {
        next = null;
      }
      if (!(next instanceof Signal)) {
        meter.out++;
      }
      return next;
    } catch (InterruptedException e) {
      run.check();
      throw Sneaky.raise(e);
    }
  }

  @Override
  public long coordinate() {
    return 0;
  }

  @Override
  public @Nullable Piece piece() {
    return last == null ? null : last.piece();
  }

  @Override
  public long number() {
    return last == null ? 0 : last.number();
  }

  private Object inTurn() throws InterruptedException {
    while (true) {
      while (!ended && held == null && turns.size() < lanes) {
        Object record = upstream.pull(Long.MAX_VALUE);
        if (record == Signal.END) {
          ended = true;
        } else if (record instanceof Mark mark) {
          held = mark;
        } else if (record instanceof Signal) {
          return record;
        } else {
          Lane lane = new Lane(Carried.of(record, upstream), new ArrayBlockingQueue<>(AHEAD));
          long index = records++;
          run.start(meter.name, () -> read(index, lane));
          turns.add(lane);
        }
      }
      Lane lane = turns.poll();
      if (lane == null) {
        Mark mark = held;
        held = null;
        return mark == null ? Signal.END : mark;
      }
      Object next = lane.elements().take();
      if (next != Signal.END) {
        turns.add(lane);
        last = lane.of();
        return next;
      }
    }
  }

  private Object whicheverIsReady() throws InterruptedException {
    if (records == 0 && running == 0 && !ended) {
      running = lanes;
      for (int i = 0; i < lanes; i++) {
        run.start(meter.name, this::readAll);
      }
    }
    while (running > 0) {
      Object next = ready.take();
      if (next != Signal.END) {
        return next;
      }
      running--;
    }
    ended = true;
    return Signal.END;
  }

  private void readAll() {
    try {
      Object record;
      do {
        pulling.lockInterruptibly();
        record = takeIn(); // if this fails, nobody may pull what comes after: the lock is kept
        Carried of = Carried.of(record, upstream);
        long index = record instanceof Signal ? records : records++;
        pulling.unlock();
        if (record instanceof Signal) {
          ready.put(record);
        } else {
          elements(of, index, ready);
        }
        open.decrementAndGet();
      } while (record != Signal.END);
    } catch (Throwable t) {
      run.offer(ready, new Signal.Fatal(t));
    }
  }

  /// The next record that comes in. Holds the lock when called.
  private @Nullable Object takeIn() throws InterruptedException {
    Object record = upstream.pull(Long.MAX_VALUE);
    while (record instanceof Mark) {
      awaitChildren();
      ready.put(record);
      record = upstream.pull(Long.MAX_VALUE);
    }
    open.incrementAndGet();
    return record;
  }

  /// Waits until all children of what was taken in before have been put where they come out.
  private void awaitChildren() throws InterruptedException {
    while (open.get() > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(this, 20_000);
    }
  }

  /// Puts the elements of one iterable into a lane of their own, and that they have ended.
  private void read(long index, Lane lane) {
    try {
      elements(lane.of(), index, lane.elements());
      lane.elements().put(Signal.END);
    } catch (Throwable t) {
      run.offer(lane.elements(), new Signal.Fatal(t));
    }
  }

  private void elements(Carried of, long index, BlockingQueue<Object> to)
      throws InterruptedException {
    Iterator<?> children;
    try {
      children = fn.apply(of.record()).iterator();
    } catch (Exception e) {
      to.put(failed(of, index, e));
      return;
    }
    for (int failures = 0; failures < FlatMapStage.FAILURES_IN_A_ROW; ) {
      Object child;
      try {
        if (!children.hasNext()) {
          return;
        }
      } catch (Exception e) {
        to.put(failed(of, index, e));
        return;
      }
      try {
        child = children.next();
        failures = 0;
      } catch (Exception e) {
        failures++;
        child = failed(of, index, e);
      }
      if (!ordered && run.traces) {
        child = Carried.of(child, of);
      }
      to.put(child == null ? NULL : child);
    }
  }

  private Signal.Failed failed(Carried of, long index, Exception e) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    meter.addFailed();
    return new Signal.Failed(new Failure(of.record(), meter.name, index, 1, e, of.position()));
  }
}
