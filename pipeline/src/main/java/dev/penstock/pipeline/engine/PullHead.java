package dev.penstock.pipeline.engine;

import org.jspecify.annotations.Nullable;

/// The head of a segment below another one: pulls what came out above.
final class PullHead extends Head {
  private static final long PATIENCE = 50_000_000;

  private final Puller puller;
  private long coordinate;

  /// Whether nothing was pulled since the coordinate was that of an idle moment, so that a cut may
  /// be made there again: steps that held something back may have sent it since.
  private boolean idle;

  private boolean ending;
  private boolean cut;

  /// When a wait ends at the latest in a run with positions; set when a wait has ended, since a
  /// clock costs more than a record. One that is too early ends a wait early, which does no harm.
  private long lookAgain;

  private boolean looked = true;

  PullHead(Segment segment, Stage first, Puller puller) {
    super(segment, first);
    this.puller = puller;
  }

  @Override
  boolean advance() {
    segment.state = Segment.WAITING;
    Object record = puller.pull(until());
    segment.state = Segment.BUSY;
    if (record == Signal.TIMEOUT) {
      onTimeout();
      return true;
    }
    long before = coordinate;
    idle = false;
    coordinate = puller.coordinate();
    if (record == Signal.END) {
      return false;
    }
    if (coordinate > before) {
      settle(); // an equal coordinate means a sibling of the record before
    }
    push(record);
    return true;
  }

  private void push(@Nullable Object record) {
    if (record instanceof Signal signal) {
      switch (signal) {
        case Signal.Failed failed -> first.fail(failed.failure);
        case Mark flush when cuts != null -> {
          coordinate = Math.max(coordinate, flush.sequence);
          first.mark(cuts.mark(coordinate, false));
        }
        case Mark mark -> {
          cut = true;
          first.mark(ending ? mark.asLast(true) : mark);
        }
        case Signal.Fatal fatal -> throw Sneaky.raise(fatal.cause);
        default -> throw new IllegalStateException("unknown signal " + signal);
      }
    } else {
      first.push(record);
    }
  }

  @Override
  void awaitLastCut(CutRequests above) {
    ending = true;
    cut = false;
    above.askAnew();
    while (!cut && advance()) {
      segment.run.check();
    }
  }

  @Override
  void passLastRecord() {
    long before = coordinate;
    while (coordinate == before) {
      segment.run.check();
      Object dropped = puller.pull(until());
      if (dropped == Signal.TIMEOUT) {
        coordinate = Math.max(before, puller.idleCoordinate());
      } else {
        coordinate = puller.coordinate();
      }
      if (dropped == Signal.END) {
        return;
      }
      if (dropped instanceof Signal.Fatal fatal) {
        throw Sneaky.raise(fatal.cause);
      }
    }
  }

  private long until() {
    if (cuts == null) {
      return Long.MAX_VALUE;
    }
    if (looked) {
      looked = false;
      lookAgain = segment.run.clock.nanos() + PATIENCE;
    }
    return lookAgain;
  }

  private void onTimeout() {
    looked = true;
    if (cuts != null && cuts.wanted() && !segment.suspended()) {
      long at = puller.idleCoordinate();
      if (at > coordinate || (idle && at == coordinate)) {
        idle = true;
        coordinate = at;
        settle();
      }
    }
  }

  @Override
  long sequence() {
    return coordinate;
  }

  @Override
  public @Nullable Piece piece() {
    return puller.piece();
  }

  @Override
  public long number() {
    return puller.number();
  }
}
