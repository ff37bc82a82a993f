package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn2;
import dev.penstock.pipeline.plan.Step;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where several segments come together.
final class Junctions {
  private Junctions() {}

  /// A record of each, joined, until one of the two ends. A failure of either passes alone.
  static final class Zip implements Puller {
    private static final Object NONE = new Object();

    private final Puller left;
    private final Puller right;
    private final Fn2<@Nullable Object, @Nullable Object, @Nullable Object> fn;
    private final Meter meter;
    private @Nullable Object waiting = NONE;
    private long pairs;

    Zip(Puller left, Puller right, Step.Zip step, Meter meter) {
      this.left = left;
      this.right = right;
      this.fn = step.fn();
      this.meter = meter;
    }

    @Override
    public @Nullable Object pull(long until) {
      if (waiting == NONE) {
        Object first = left.pull(Long.MAX_VALUE);
        if (first instanceof Signal) {
          return first;
        }
        waiting = first;
      }
      Object second = right.pull(Long.MAX_VALUE);
      if (second instanceof Signal) {
        return second;
      }
      Object first = waiting;
      waiting = NONE;
      try {
        Object joined = fn.apply(first, second);
        meter.out++;
        pairs++;
        return joined;
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          throw Sneaky.raise(e);
        }
        meter.failed++;
        return new Signal.Failed(new Failure(first, meter.name, pairs++, 1, e));
      }
    }

    @Override
    public long coordinate() {
      return 0;
    }
  }

  /// One after the other; each is opened when the one before has ended.
  static final class Concat implements Puller {
    private final List<Supplier<? extends Puller>> parts;
    private final Meter meter;
    private int at;
    private @Nullable Puller current;

    Concat(List<Supplier<? extends Puller>> parts, Meter meter) {
      this.parts = parts;
      this.meter = meter;
    }

    @Override
    public @Nullable Object pull(long until) {
      while (at < parts.size()) {
        Puller from = current;
        if (from == null) {
          from = parts.get(at).get();
          current = from;
        }
        Object next = from.pull(Long.MAX_VALUE);
        if (next != Signal.END) {
          if (!(next instanceof Signal)) {
            meter.out++;
          }
          return next;
        }
        at++;
        current = null;
      }
      return Signal.END;
    }

    @Override
    public long coordinate() {
      return 0;
    }
  }

  /// All at once, each on a thread of its own, records as they come.
  static final class Merge implements Puller {
    private static final int AHEAD = 256;
    private static final Object NULL = new Object();

    private final Run run;
    private final List<? extends Puller> parts;
    private final Meter meter;
    private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(AHEAD);
    private int running = -1;

    Merge(Run run, List<? extends Puller> parts, Meter meter) {
      this.run = run;
      this.parts = parts;
      this.meter = meter;
    }

    @Override
    public @Nullable Object pull(long until) {
      if (running < 0) {
        running = parts.size();
        parts.forEach(part -> run.start(meter.name, () -> read(part)));
      }
      try {
        while (running > 0) {
          Object next = ready.take();
          if (next instanceof Signal.Fatal fatal) {
            throw Sneaky.raise(fatal.cause);
          }
          if (next != Signal.END) {
            if (!(next instanceof Signal)) {
              meter.out++;
            }
            return next == NULL ? null : next;
          }
          running--;
        }
      } catch (InterruptedException e) {
        run.check();
        throw Sneaky.raise(e);
      }
      return Signal.END;
    }

    private void read(Puller part) {
      try {
        Object next;
        do {
          next = part.pull(Long.MAX_VALUE);
          ready.put(next == null ? NULL : next);
        } while (next != Signal.END);
      } catch (Throwable t) {
        run.offer(ready, new Signal.Fatal(t));
      }
    }

    @Override
    public long coordinate() {
      return 0;
    }
  }
}
