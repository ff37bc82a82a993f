package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.DeadlineExceeded;
import dev.penstock.pipeline.run.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A run over the numbers 1, 2, 3 …, as the hand-offs meet it: a segment above that another thread
/// runs, and the end of the pipeline, which takes.
final class Numbers {
  private static final LongConsumer AT_ONCE = last -> {};

  /// A wait that takes so long, on a machine however busy, is one that nobody would have ended.
  private static final Duration LOST_RUN = Duration.ofSeconds(10);

  private static final long LOST_NANOS = LOST_RUN.toNanos();

  final Run run;
  private final int count;
  private final Step.Map step =
      new Step.Map(new Step.Over(List.of()), number -> number, CallOptions.NONE);

  Numbers(int count) {
    this.count = count;
    this.run = new Run(step, "stress", RunOptions.DEFAULT, List.of());
  }

  /// Has the run stopped when it takes too long from now on, for what waits without looking at a
  /// clock. Not a deadline of the run: that begins when it is made, many runs before it is used.
  void stopWhenLost() {
    run.start(
        "lost",
        () -> {
          Thread.sleep(LOST_RUN);
          run.stop(new DeadlineExceeded("lost"));
        });
  }

  /// A number's coordinate is the number before it: everything up to that one came before.
  private final class Source extends Head {
    private final LongConsumer before;
    private long given;

    /// @param before told, ahead of each number, which was the last
    Source(Segment segment, Stage first, LongConsumer before) {
      super(segment, first);
      this.before = before;
    }

    @Override
    boolean advance() {
      before.accept(given);
      settle();
      if (given == count) {
        return false;
      }
      first.push(++given);
      return true;
    }

    @Override
    long sequence() {
      return given;
    }

    @Override
    public @Nullable Piece piece() {
      return null;
    }

    @Override
    public long number() {
      return given;
    }
  }

  Ring ring(int concurrency, int window, boolean ordered) {
    Segment segment = new Segment(run, 1, true);
    Hold hold = new Hold();
    PullSegment above = new PullSegment(segment, new Source(segment, hold, AT_ONCE), hold);
    Meter meter = new Meter(step, true);
    return new Ring(
        run, "stress", above, new Call(step, run, meter), meter, concurrency, window, ordered);
  }

  Ahead ahead(int window) {
    Ahead ahead = new Ahead(run, window, new Meter(step, true));
    ahead.reads(new Source(new Segment(run, 1, true), ahead, AT_ONCE));
    return ahead;
  }

  /// Batches of three, or of fewer when their time is over, which is at once; what comes out is
  /// told to `down`.
  TimedHead batches(Stage down) {
    return batches(down, true, AT_ONCE);
  }

  /// The same without positions, where nobody looks but for what is due; `before` holds up the
  /// source.
  TimedHead batches(Stage down, LongConsumer before) {
    return batches(down, false, before);
  }

  private TimedHead batches(Stage down, boolean positions, LongConsumer before) {
    Step.Batch batch = new Step.Batch(step, null, Batching.upTo(3).within(Duration.ofNanos(1_000)));
    Segment segment = new Segment(run, 0, false);
    Meter meter = new Meter(batch, true);
    TimedHead head = new TimedHead(segment, new BatchStage(batch, segment, meter, down), positions);
    head.reads(new Source(new Segment(run, 1, false), head.entry(), before));
    return head;
  }

  /// Takes everything: `whole` when that is every number in its place, `lost` where a wait had no
  /// end. Looks some times before it waits, so that it comes at all moments of the other threads.
  String take(Puller from) {
    for (long wanted = 1; ; wanted++) {
      @Nullable Object next = Signal.TIMEOUT;
      for (long looks = wanted * 7 % 40; next == Signal.TIMEOUT && looks > 0; looks--) {
        next = look(from);
      }
      if (next == Signal.TIMEOUT) {
        next = from.pull(run.clock.nanos() + LOST_NANOS);
      }
      if (next == Signal.TIMEOUT) {
        return "lost";
      }
      if (next == Signal.END) {
        return wanted == count + 1 ? "whole" : "ended before " + wanted;
      }
      if (next instanceof Signal.Fatal fatal) {
        throw Sneaky.raise(fatal.cause);
      }
      if (!Long.valueOf(wanted).equals(next)) {
        return next + " for " + wanted;
      }
    }
  }

  /// Takes everything without ever waiting, each number a moment after those ahead of it have
  /// filled all the room: so room is made while the other thread looks for some, finds none and
  /// goes to rest. `lost` where it rests for good.
  <P extends Puller & Gauges.Waiting> String takeWhenFull(P from) {
    long wanted = 1;
    long until = run.clock.nanos() + LOST_NANOS;
    while (run.clock.nanos() < until) {
      pauseUntilFull(from, wanted);
      Object next = look(from);
      if (next == Signal.END) {
        return wanted == count + 1 ? "whole" : "ended before " + wanted;
      }
      if (next != Signal.TIMEOUT) {
        if (!Long.valueOf(wanted).equals(next)) {
          return next + " for " + wanted;
        }
        wanted++;
        until = run.clock.nanos() + LOST_NANOS;
      }
    }
    return "lost";
  }

  private static void pauseUntilFull(Gauges.Waiting from, long wanted) {
    for (int looks = 0; looks < 2_000 && from.queued() < from.capacity(); looks++) {
      Thread.onSpinWait();
    }
    for (long looks = wanted * 7 % 40; looks > 0 && from.queued() > 0; looks--) {
      // a look is as long as a few steps of the other thread
    }
  }

  /// Takes without waiting, and asks wherever nothing came how far a cut may go: `cut beyond` when
  /// that covers a number that was not taken.
  String takeAndCut(Puller from) {
    long taken = 0;
    long until = run.clock.nanos() + LOST_NANOS;
    while (run.clock.nanos() < until) {
      Object next = look(from);
      if (next == Signal.END) {
        return from.coordinate() == count && taken == count
            ? "whole"
            : "cut at " + from.coordinate();
      }
      if (next != Signal.TIMEOUT) {
        taken++;
        if (from.coordinate() >= taken) {
          return "cut beyond";
        }
      } else if (from.idleCoordinate() > taken) {
        return "idle cut beyond";
      }
    }
    return "lost";
  }

  private @Nullable Object look(Puller from) {
    return from.pull(run.clock.nanos());
  }
}
