package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.SourceFailed;
import java.lang.invoke.MethodType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Reads an iterator. A pull that fails is a failure in a record's place; the iterator is asked
/// again, a bounded number of times in a row.
final class IteratorHead extends Head {
  static final int FAILURES_IN_A_ROW = 16;
  static final MethodType CONSTRUCTOR =
      MethodType.methodType(
          void.class, Segment.class, Stage.class, Meter.class, Origins.Opener.class);
  private static final int CHUNK = 256;

  private final Origins.Opener opener;
  private final Meter meter;
  private @Nullable Iterator<?> iterator;
  private int failuresInARow;
  private long outAtFailure;

  IteratorHead(Segment segment, Stage first, Meter meter, Origins.Opener opener) {
    super(segment, first);
    this.meter = meter;
    this.opener = opener;
  }

  private Iterator<?> iterator() {
    Iterator<?> it = iterator;
    if (it == null) {
      try {
        it = opener.open(segment.run);
      } catch (Exception e) {
        throw Sneaky.raise(e);
      }
      iterator = it;
    }
    return it;
  }

  @Override
  void drain() {
    Iterator<?> it = iterator();
    Stage to = first;
    while (!segment.stopped) {
      segment.run.check();
      for (int i = 0; i < CHUNK; i++) {
        Object record;
        try {
          segment.state = Segment.WAITING;
          if (!it.hasNext()) {
            return;
          }
          record = it.next();
        } catch (Exception e) {
          if (!failed(e)) {
            return;
          }
          break;
        }
        segment.state = Segment.BUSY;
        meter.out++;
        if (!to.push(record)) {
          return;
        }
      }
    }
  }

  @Override
  boolean advance() {
    Iterator<?> it = iterator();
    Object record;
    segment.state = Segment.WAITING;
    try {
      if (!it.hasNext()) {
        return false;
      }
      record = it.next();
    } catch (Exception e) {
      failed(e);
      return true;
    }
    segment.state = Segment.BUSY;
    meter.out++;
    first.push(record);
    return true;
  }

  private boolean failed(Exception e) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    segment.state = Segment.BUSY;
    long index = meter.out;
    if (index != outAtFailure) {
      failuresInARow = 0;
      outAtFailure = index;
    }
    if (++failuresInARow > FAILURES_IN_A_ROW) {
      throw new SourceFailed(
          meter.name + " failed " + failuresInARow + " times in a row without giving a record", e);
    }
    meter.failed++;
    return first.fail(new Failure(null, meter.name, index, 1, e, null));
  }

  @Override
  long sequence() {
    return meter.out;
  }

  /// Iterators have no positions.
  @Override
  public @Nullable Piece piece() {
    return null;
  }

  @Override
  public long number() {
    return meter.out;
  }
}
