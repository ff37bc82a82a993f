package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The start of a segment whose first step must act at a time of its own, such as a batch that ends
/// without a record. The segment above runs on a thread of its own, which pushes into this one as
/// if it were part of it; the thread of this one waits beside it, and does what is due. So records
/// do not change threads, and whatever the source or the steps above wait for holds nothing back.
final class TimedHead extends Head {
  /// How often a run with positions looks whether a cut can be made while nothing comes.
  private static final long PATIENCE = 50_000_000;

  private final Run run;
  private final Timed timed;
  private final boolean positions;
  private final OwnerLock lock;
  private final Entry entry = new Entry();
  private @Nullable Head above;
  private @Nullable Thread beside;

  // guarded by the lock
  private long coordinate;

  private @Nullable Piece piece;
  private long number;

  /// Whether nothing came in since the coordinate was that of an idle moment, so that a cut may be
  /// made there again, when one is wanted.
  private boolean idle;

  private boolean resting;
  private boolean over;
  private @Nullable Throwable failure;
  private boolean ending;
  private boolean cut;

  /// The coordinate when the segment had enough; -1 before.
  private long stoppedAt = -1;

  /// A step that must do something at a time of its own.
  interface Timed {
    /// When, in the run's nanoseconds; [Long#MAX_VALUE] for never. It never comes nearer, but for
    /// the first after never.
    long deadline();

    /// Does what is due; may be called too early.
    void onTime(long now);
  }

  /// @param first the step, which is [Timed]
  /// @param positions whether they are kept, so that cuts are looked after when nothing comes
  TimedHead(Segment segment, Stage first, boolean positions) {
    super(segment, first);
    this.run = segment.run;
    this.timed = (Timed) first;
    this.positions = positions;
    this.lock = new OwnerLock(run);
  }

  /// Where the segment above ends.
  Stage entry() {
    return entry;
  }

  void reads(Head head) {
    above = head;
  }

  // The thread above

  private void read() {
    Head from = Objects.requireNonNull(above);
    Throwable cause = null;
    try {
      if (!from.segment.stopped) {
        from.drain();
      }
      if (!isOver()) {
        from.finish();
      }
    } catch (Throwable t) {
      cause = t;
      Thread.interrupted(); // what it was interrupted for is told
    }
    lock.enter();
    if (!over) {
      over = true;
      failure = cause;
      coordinate = from.clean();
    }
    lock.leave();
    LockSupport.unpark(beside);
  }

  private boolean isOver() {
    lock.enter();
    boolean is = over;
    lock.leave();
    return is;
  }

  /// The end of the segment above.
  private final class Entry extends Stage {
    @Override
    boolean push(@Nullable Object record) {
      lock.enter();
      try {
        if (comesIn()) {
          first.push(record);
        }
        return goesOn();
      } finally {
        leave();
      }
    }

    @Override
    boolean fail(Failure failure) {
      lock.enter();
      try {
        if (comesIn()) {
          first.fail(failure);
        }
        return goesOn();
      } finally {
        leave();
      }
    }

    @Override
    void mark(Mark mark) {
      lock.enter();
      try {
        if (comesIn()) {
          Cuts maker = cuts;
          if (maker != null) { // a flush: everything up to there has come in
            coordinate = Math.max(coordinate, mark.sequence);
            first.mark(maker.mark(coordinate, false));
          } else {
            cut = true;
            first.mark(ending ? mark.asLast(true) : mark);
          }
        }
        goesOn();
      } finally {
        leave();
      }
    }

    @Override
    void end() {}
  }

  /// Notes how far the source has come; false where nothing is taken in any more.
  private boolean comesIn() {
    if (over) {
      return false;
    }
    segment.state = Segment.BUSY;
    idle = false;
    Head above = Objects.requireNonNull(this.above);
    long now = above.clean();
    if (now > coordinate) { // an equal coordinate means a sibling of the record before
      coordinate = now;
      if (stoppedAt < 0) {
        settle();
      }
    }
    if (run.traces) { // what was held back until now was made of what came before
      piece = above.piece();
      number = above.number();
    }
    return stoppedAt < 0 || cutsAbove != null;
  }

  /// Whether the thread above shall go on.
  private boolean goesOn() {
    if (!over && !segment.stopped) {
      return true;
    }
    stop();
    if (over) {
      Objects.requireNonNull(above).segment.stopped = true;
    }
    return !over;
  }

  private void leave() {
    segment.state = Segment.WAITING;
    boolean wake = over || (resting && timed.deadline() != Long.MAX_VALUE);
    resting &= !wake;
    lock.leave();
    if (wake) {
      LockSupport.unpark(beside);
    }
  }

  /// The segment wants nothing more: it is over when the cut is made that covers what it took.
  private void stop() {
    CutRequests requests = cutsAbove;
    if (stoppedAt < 0) {
      stoppedAt = coordinate;
      if (requests != null) {
        ending = true;
        cut = false;
        requests.askAnew();
      }
    }
    over |= requests != null ? cut : cuts == null || coordinate > stoppedAt;
  }

  // The thread beside it

  @Override
  void drain() {
    if (beside == null) {
      beside = Thread.currentThread();
      run.startInTurn("ahead", this::read);
    }
    long until = look();
    while (until != Long.MIN_VALUE) {
      await(until);
      until = look();
    }
    if (failure != null) {
      throw Sneaky.raise(failure);
    }
  }

  /// Does what is due.
  ///
  /// @return when there is something to do again; [Long#MIN_VALUE] at the end
  private long look() {
    lock.enterAsGuest();
    try {
      if (!over) {
        act();
      }
      if (over) {
        return Long.MIN_VALUE;
      }
      long deadline = timed.deadline();
      resting = deadline == Long.MAX_VALUE;
      return positions ? Math.min(deadline, run.clock.nanos() + PATIENCE) : deadline;
    } finally {
      segment.state = Segment.WAITING;
      lock.leaveAsGuest();
    }
  }

  private void act() {
    segment.state = Segment.BUSY;
    timed.onTime(run.clock.nanos());
    long clean = positions ? Objects.requireNonNull(above).clean() : 0;
    boolean mayCut = segment.open == 0 || (cuts != null && cuts.urgent());
    if (mayCut && (clean > coordinate || (idle && clean == coordinate))) {
      idle = true;
      coordinate = clean;
      if (stoppedAt < 0) {
        settle();
      }
    }
    if (segment.stopped) {
      stop();
    }
  }

  private void await(long until) {
    run.check();
    if (until == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      long left = until - run.clock.nanos();
      if (left > 0) {
        run.clock.park(this, left);
      }
    }
    run.checkInterrupt();
  }

  @Override
  boolean advance() {
    throw new IllegalStateException("a timed segment is pushed through, never pulled");
  }

  @Override
  void awaitLastCut(CutRequests above) {
    drain();
  }

  @Override
  void passLastRecord() {
    drain();
  }

  @Override
  public @Nullable Piece piece() {
    return piece;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  long sequence() {
    return coordinate;
  }
}
