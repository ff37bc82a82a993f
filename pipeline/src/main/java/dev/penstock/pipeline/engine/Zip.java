package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn2;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

/// A record of each input, joined, until one of the two ends. A failure of either passes alone. A
/// unit may end before a pair both records of which begin something new of their source.
final class Zip implements Puller {
  private static final Object NONE = new Object();

  private final Side left;
  private final Side right;
  private final Fn2<@Nullable Object, @Nullable Object, @Nullable Object> fn;
  private final Meter meter;

  /// Null in a run without positions.
  private final @Nullable PairLog log;

  private @Nullable Object waiting = NONE;
  private long pairs;
  private long coordinate;

  /// One input, and how much of it has come out.
  private static final class Side {
    private final PullSegment from;

    /// The coordinates of the record pulled last, and of the one that came out last.
    private long pulled;

    private long out = -1;

    Side(PullSegment from) {
      this.from = from;
    }

    @Nullable Object pull() {
      Object next = from.pull(Long.MAX_VALUE);
      pulled = from.coordinate();
      return next;
    }

    /// The record pulled last comes out.
    void cameOut() {
      out = pulled;
    }

    /// Whether the record pulled last is no sibling of the one that came out last.
    boolean isNew() {
      return pulled > out;
    }

    /// Drops the siblings of the record that came out last.
    void passSiblings() {
      while (!isNew()) {
        if (pull() == Signal.END) {
          return;
        }
      }
    }
  }

  Zip(PullSegment left, PullSegment right, Step.Zip step, Meter meter, @Nullable PairLog log) {
    this.left = new Side(left);
    this.right = new Side(right);
    this.fn = step.fn();
    this.meter = meter;
    this.log = log;
  }

  @Override
  public @Nullable Object pull(long until) {
    if (waiting == NONE) {
      Object first = left.pull();
      if (first instanceof Signal) {
        return first == Signal.END ? end(right) : alone(left, first);
      }
      waiting = first;
    }
    Object second = right.pull();
    if (second instanceof Signal) {
      return second == Signal.END ? end(left) : alone(right, second);
    }
    Object first = waiting;
    waiting = NONE;
    if (log != null) {
      placeCut(log);
    }
    return joined(first, second);
  }

  private @Nullable Object joined(@Nullable Object first, @Nullable Object second) {
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
      return new Signal.Failed(new Failure(first, meter.name, pairs++, 1, e, left.from.position()));
    }
  }

  private static Object alone(Side side, Object failure) {
    side.cameOut();
    return failure;
  }

  private void placeCut(PairLog log) {
    if (left.isNew() && right.isNew()) {
      coordinate = log.add(left.pulled, right.pulled);
    }
    left.cameOut();
    right.cameOut();
  }

  /// The last unit ends where both sources are between two records.
  private Signal end(Side longer) {
    if (log != null) {
      longer.passSiblings();
      coordinate = log.add(left.pulled, right.pulled);
    }
    return Signal.END;
  }

  @Override
  public long coordinate() {
    return coordinate;
  }

  /// That of the left one of a pair.
  @Override
  public @Nullable Piece piece() {
    return left.from.piece();
  }

  @Override
  public long number() {
    return left.from.number();
  }
}
