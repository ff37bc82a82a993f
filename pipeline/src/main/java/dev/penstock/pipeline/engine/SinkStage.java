package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.RefusedRecord;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.pipeline.plan.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The end of a pipeline that writes. What is common to the three kinds of sinks: records the sink
/// refuses, when to ask for a cut, and what has been committed.
abstract class SinkStage extends Stage {
  private static final long POSITIONS_ALONE = 5_000_000_000L;

  final Segment segment;
  final Meter meter;
  private final @Nullable DeadLetters rejected;

  /// Records written since the last commit.
  long open;

  private long commitAfter = Long.MAX_VALUE;
  private @Nullable CutRequests cuts;
  private @Nullable StoredStates states;
  private final Map<Split, Position> committed = new ConcurrentHashMap<>();
  private final Map<Split, Position> pending = new LinkedHashMap<>();
  private long lastCommit;
  private boolean keepsLanes;
  private long commitWithin;

  /// Who is told of commits, where a broker hands out the splits.
  private @Nullable Told told;

  /// Is told what is committed.
  interface Told {
    void committed(Map<Split, Position> to, long sequence);
  }

  SinkStage(Step.To step, Segment segment, Meter meter) {
    this.segment = segment;
    this.meter = meter;
    rejected = step.rejected() == null ? null : letters(step.rejected());
  }

  private DeadLetters letters(Sink<DeadLetter> sink) {
    return new DeadLetters(sink, segment.run, meter);
  }

  /// Makes this the sink of a resumable run that goes on from these positions.
  final void resume(
      CutRequests cuts, long records, Map<Split, Position> from, StoredStates states) {
    this.cuts = cuts;
    this.states = states;
    commitEvery(records);
    committed.putAll(from);
    lastCommit = segment.run.clock.nanos();
  }

  /// Tells somebody what is committed. No states are stored then: splits come and go, and a state
  /// is of all of them.
  final void tell(Told told) {
    this.told = told;
  }

  /// Takes on splits while it writes.
  ///
  /// @param at where those stand that were committed before
  void gained(Claim claim, Set<Split> splits, Map<Split, Position> at) throws Exception {
    committed.keySet().removeAll(splits);
    committed.putAll(at);
  }

  /// Gives up splits that are somebody else's to read now; everything of them is committed.
  void released(Set<Split> splits) throws Exception {}

  final boolean isResumable() {
    return cuts != null;
  }

  /// Opens the writer; `claim` is null in a run without positions.
  abstract void open(@Nullable Claim claim) throws Exception;

  abstract void write(Object record) throws Exception;

  /// The records that follow are of this split.
  void lane(Split next) throws Exception {}

  /// Whether so much is open that a commit would be good.
  abstract boolean full();

  /// Commits everything written since the last commit, of the splits that the cut moves.
  abstract void commit(Cut cut) throws Exception;

  /// How long it keeps records back, if it tells that itself.
  Optional<Duration> pace() {
    return Optional.empty();
  }

  /// Of a sink that keeps lanes: those of which so much is open that a commit would be good.
  Set<Split> fullLanes() {
    return Set.of();
  }

  /// Records of the lanes that a commit has left out.
  long stillOpen() {
    return 0;
  }

  /// Keeps the splits that a broker hands out apart, and commits each by itself.
  final void keepLanes(Duration within) {
    keepsLanes = true;
    commitWithin = within.toNanos();
  }

  final boolean keepsLanes() {
    return keepsLanes;
  }

  /// Where a split stands; empty at its beginning.
  final Optional<Position> committed(Split split) {
    return Optional.ofNullable(committed.get(split));
  }

  @Override
  final boolean push(@Nullable Object record) {
    try {
      if (record == null) {
        throw new NullPointerException("the record is null, which no sink can write");
      }
      write(record);
    } catch (Exception e) {
      return refused(record, e, segment.position());
    }
    meter.out++;
    open++;
    if (open >= commitAfter || full()) {
      wantCommit();
    }
    return true;
  }

  /// Whether records that the target refuses go elsewhere.
  final boolean isSalvaging() {
    return rejected != null;
  }

  /// Takes back a record that was counted as written.
  ///
  /// @param position what it was made of; null where that is not known
  final void reject(Object record, Exception e, @Nullable SourcePosition position) {
    meter.out--;
    refused(record, e, position);
  }

  private boolean refused(@Nullable Object record, Exception e, @Nullable SourcePosition position) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    Failure failure = new Failure(record, meter.name, meter.in() - 1, 1, e, position);
    meter.failed++;
    if (rejected == null || !isRecordAtFault(e)) {
      throw Sneaky.raise(failure.toThrow());
    }
    rejected.write(failure);
    return true;
  }

  /// A full disk or a lost connection must not send all that follows to the dead letters.
  private static boolean isRecordAtFault(Exception e) {
    return e instanceof RefusedRecord
        || e instanceof IllegalArgumentException
        || e instanceof NullPointerException;
  }

  private void wantCommit() {
    if (cuts != null) {
      cuts.ask();
    } else if (commitAfter != Long.MAX_VALUE) {
      tryCommit(new Cut(Map.of(), Map.of(), Map.of(), false));
    }
  }

  /// Commits after so many records in a run without positions too.
  final void commitEvery(long records) {
    commitAfter = Math.min(commitAfter, records);
  }

  @Override
  boolean fail(Failure failure) {
    throw Sneaky.raise(failure.toThrow());
  }

  @Override
  final void mark(Mark mark) {
    Map<String, byte[]> stored =
        told == null ? Objects.requireNonNull(states).with(mark.states) : Map.of();
    commit(mark, stored);
    Objects.requireNonNull(cuts).answered(mark.request);
    if (mark.lane != null) {
      try {
        lane(mark.lane);
      } catch (Exception e) {
        throw Sneaky.raise(e);
      }
    }
  }

  private void commit(Mark mark, Map<String, byte[]> states) {
    pending.putAll(mark.to);
    long now = segment.run.clock.nanos();
    if (keepsLanes && !mark.forced && !mark.last) {
      if (!Objects.requireNonNull(cuts).isOpen(mark.request)) {
        return; // made to say that another split follows
      }
      Set<Split> full = fullLanes();
      if (!full.isEmpty() && now - lastCommit < commitWithin) {
        commitLanes(full);
        return;
      }
    }
    // positions alone wait a while, but never for records of another lane
    boolean soon =
        (mark.lane == null || keepsLanes) && !mark.forced && now - lastCommit < POSITIONS_ALONE;
    if (open == 0 && !mark.last && (pending.isEmpty() || soon)) {
      if (pending.isEmpty()) {
        tell(mark.sequence);
      }
      return;
    }
    Map<Split, Position> from = new HashMap<>(committed);
    if (!states.isEmpty()) {
      // states are stored with every split, so that any of them tells
      committed.forEach(pending::putIfAbsent);
    }
    from.keySet().retainAll(pending.keySet());
    if (open > 0 && pending.isEmpty()) {
      throw new IllegalStateException(
          "records were written to " + meter.name + " without a position to commit them with");
    }
    tryCommit(new Cut(from, pending, states, mark.last));
    committed.putAll(pending);
    tell(mark.sequence);
    pending.clear();
    lastCommit = now;
  }

  /// Commits some lanes; the others go on.
  private void commitLanes(Set<Split> lanes) {
    Map<Split, Position> to = new HashMap<>(pending);
    to.keySet().retainAll(lanes);
    Map<Split, Position> from = new HashMap<>(committed);
    from.keySet().retainAll(to.keySet());
    tryCommit(new Cut(from, to, Map.of(), false));
    committed.putAll(to);
    pending.keySet().removeAll(lanes);
    if (told != null) {
      told.committed(to, 0);
    }
  }

  private void tell(long sequence) {
    if (told != null) {
      told.committed(Map.copyOf(pending), sequence);
    }
  }

  @Override
  final void end() {
    if (cuts == null) {
      tryCommit(Cut.END);
    }
  }

  private void tryCommit(Cut cut) {
    int before = segment.state;
    segment.state = Segment.BLOCKED;
    try {
      if (rejected != null) {
        rejected.flush();
      }
      commit(cut);
    } catch (Exception e) {
      throw Sneaky.raise(e);
    }
    open = stillOpen();
    segment.state = before;
  }

  @Override
  void close() throws Exception {
    if (rejected != null) {
      rejected.close();
    }
  }
}
