package dev.penstock.pipeline.engine;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// All inputs at once, each on a thread of its own, records as they come. At a cut an input pauses
/// until the others have come to theirs.
final class Merge implements Puller {
  private static final int AHEAD = 256;
  private static final Object NULL = new Object();

  private final Run run;
  private final List<PullSegment> inputs;
  private final Meter meter;
  private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(AHEAD);
  private final Alignment alignment;
  private boolean begun;

  /// What was handed on last, in a run that traces.
  private @Nullable Carried last;

  /// A cut of one input, which reads on when it is told.
  static final class Paused extends Signal {
    final Mark mark;
    private final CountDownLatch told = new CountDownLatch(1);

    Paused(Mark mark) {
      this.mark = mark;
    }

    void goOn() {
      told.countDown();
    }
  }

  Merge(Run run, List<PullSegment> inputs, Meter meter) {
    this.run = run;
    this.inputs = inputs;
    this.meter = meter;
    alignment = new Alignment(inputs.size());
  }

  @Override
  public @Nullable Object pull(long until) {
    if (!begun) {
      begun = true;
      inputs.forEach(input -> run.start(meter.name, () -> read(input)));
    }
    try {
      while (true) {
        Mark cut = alignment.takeCut();
        if (cut != null) {
          return cut;
        }
        if (alignment.hasEnded()) {
          return Signal.END;
        }
        Object next = ready.take();
        switch (next) {
          case Signal.Fatal fatal -> throw Sneaky.raise(fatal.cause);
          case Paused paused -> alignment.paused(paused);
          case Mark last -> alignment.passed(last);
          case Signal.Failed failed -> {
            return failed;
          }
          case Signal _ -> alignment.ended();
          default -> {
            return handOn(next);
          }
        }
      }
    } catch (InterruptedException e) {
      run.check();
      throw Sneaky.raise(e);
    }
  }

  private @Nullable Object handOn(Object next) {
    Object record = next;
    if (next instanceof Carried carried) {
      last = carried;
      record = carried.record();
    }
    if (!(record instanceof Signal)) {
      meter.out++;
    }
    return record == NULL ? null : record;
  }

  private void read(Puller input) {
    try {
      Object next;
      do {
        next = input.pull(Long.MAX_VALUE);
        if (next instanceof Mark mark && !mark.last) {
          Paused paused = new Paused(mark);
          ready.put(paused);
          paused.told.await();
        } else if (run.traces && (!(next instanceof Signal) || next instanceof Signal.Failed)) {
          ready.put(Carried.of(next, input));
        } else {
          ready.put(next == null ? NULL : next);
        }
      } while (next != Signal.END);
    } catch (Throwable t) {
      run.offer(ready, new Signal.Fatal(t));
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
}
