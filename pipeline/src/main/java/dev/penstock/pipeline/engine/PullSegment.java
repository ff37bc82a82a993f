package dev.penstock.pipeline.engine;

import org.jspecify.annotations.Nullable;

/// A segment that runs only as far as somebody pulls.
final class PullSegment implements Puller {
  final Segment segment;
  private final Head head;
  private final Hold hold;
  private boolean ended;
  private long coordinate;

  /// What ends the run, once all that came out before is taken.
  private @Nullable Exception failure;

  /// Up to where everything had left when the head ended and the stages sent what they held back;
  /// that is not out before the end is.
  private volatile long cleanBeforeEnd = -1;

  PullSegment(Segment segment, Head head, Hold hold) {
    this.segment = segment;
    this.head = head;
    this.hold = hold;
  }

  @Override
  public @Nullable Object pull(long until) {
    while (!hold.isFull()) {
      segment.run.check();
      if (segment.proceed()) {
        continue;
      }
      if (failure != null) {
        throw Sneaky.raise(failure);
      }
      if (ended) {
        cleanBeforeEnd = -1;
        coordinate = head.clean();
        return Signal.END;
      }
      advance();
    }
    coordinate = clean();
    segment.state = Segment.IDLE;
    return hold.take();
  }

  /// What comes out before a failure that ends the run is handed on before it.
  private void advance() {
    try {
      if (segment.stopped || !head.advance()) {
        ended = true;
        cleanBeforeEnd = head.clean();
        head.finish();
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException || !(hold.isFull() || segment.suspended())) {
        throw e;
      }
      failure = e;
    }
  }

  @Override
  public long coordinate() {
    return coordinate;
  }

  @Override
  public long idleCoordinate() {
    return clean();
  }

  @Override
  public @Nullable Piece piece() {
    return head.piece();
  }

  @Override
  public long number() {
    return head.number();
  }

  private long clean() {
    long clean = head.clean();
    long before = cleanBeforeEnd;
    return before < 0 ? clean : before;
  }
}
