package dev.penstock.pipeline.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The start of a segment: takes records from a source or from the segments above and pushes them
/// into the first stage.
abstract class Head implements Traced {
  final Segment segment;
  final Stage first;

  /// Where cuts are made; null in a run without positions, and in segments that are not the place
  /// for it.
  @Nullable Cuts cuts;

  /// Where a cut is asked for, when heads above make them; else null.
  @Nullable CutRequests cutsAbove;

  /// The sequence number of the source up to which everything, and nothing after it, has left this
  /// segment.
  private long clean;

  private static final VarHandle CLEAN;

  static {
    try {
      CLEAN = MethodHandles.lookup().findVarHandle(Head.class, "clean", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  Head(Segment segment, Stage first) {
    this.segment = segment;
    this.first = first;
    segment.head = this;
  }

  /// Pushes the next record or failure; false when there is none any more.
  abstract boolean advance();

  /// Pushes everything. Subclasses have tighter loops.
  void drain() {
    while (!segment.stopped && advance()) {
      segment.run.check();
    }
  }

  /// The sequence number of the source up to which everything has come in here.
  abstract long sequence();

  final long clean() {
    return (long) CLEAN.getAcquire(this);
  }

  /// Called between records of the source, never between siblings of one of them, when nothing that
  /// came in is still on its way through the segment but what steps hold back: the only place where
  /// a cut is made. One that other sources wait for does not wait for what steps hold back: they
  /// send it out before the mark.
  ///
  /// @return whether it was
  final boolean settle() {
    Cuts maker = cuts;
    if (segment.open == 0) {
      CLEAN.setRelease(this, sequence());
    } else if (maker == null || !maker.urgent()) {
      return false;
    }
    if (maker == null || !maker.wanted()) {
      return false;
    }
    first.mark(maker.mark(sequence(), false));
    return true;
  }

  /// Sends out what steps hold back, from a head that makes no cuts itself, so that one below can.
  final void flush() {
    first.mark(Mark.flush(sequence()));
  }

  /// Lets the cut come down that ends the last unit of a segment that wants nothing more; what
  /// comes before it is dropped by the step that has enough.
  void awaitLastCut(CutRequests above) {}

  /// Comes to where a cut covers the record that was taken last, in a segment that wants nothing
  /// more.
  void passLastRecord() {}

  /// Ends the segment well: what is held back goes out, and the last cut is made.
  final void finish() {
    segment.state = Segment.BUSY;
    CutRequests above = cutsAbove;
    if (above != null && segment.stopped) {
      awaitLastCut(above);
    } else if (cuts != null && segment.stopped) {
      passLastRecord();
    }
    first.end();
    CLEAN.setRelease(this, sequence());
    if (cuts != null) {
      first.mark(cuts.mark(clean, true));
    }
    segment.state = Segment.IDLE;
  }
}
