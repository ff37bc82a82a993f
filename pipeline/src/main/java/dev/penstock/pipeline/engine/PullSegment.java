package dev.penstock.pipeline.engine;

import org.jspecify.annotations.Nullable;

/// A segment that runs only as far as somebody pulls.
final class PullSegment implements Puller {
  final Segment segment;
  private final Head head;
  private final Hold hold;
  private boolean ended;
  private long coordinate;

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
      if (ended) {
        coordinate = head.clean();
        return Signal.END;
      }
      if (segment.stopped || !head.advance()) {
        ended = true;
        head.finish();
      }
    }
    coordinate = head.clean();
    segment.state = Segment.IDLE;
    return hold.take();
  }

  @Override
  public long coordinate() {
    return coordinate;
  }

  @Override
  public long idleCoordinate() {
    return head.clean();
  }
}
