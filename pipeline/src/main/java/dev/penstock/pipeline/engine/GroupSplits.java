package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The splits that a broker hands out to a run. What comes is claimed in the target's log before it
/// is read; what goes is read no further, and given back when everything that was read of it is
/// committed. If that takes too long, or a split is lost, the run is given up and begun again from
/// what is committed: its open unit may hold records that are somebody else's now.
///
/// The reader's thread tells what comes and goes, the head at the source stops reading, the sink
/// tells what is committed.
final class GroupSplits implements Assignments, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.penstock.pipeline");
  private static final Duration ASK_AGAIN = Duration.ofMillis(20);

  private final Run run;
  private final String pipeline;
  private final Sink<?> sink;
  private final SinkStage stage;
  private final CutRequests requests;

  /// What the head shall not read any further; looked at by it for each record.
  private volatile Set<Split> leaving = Set.of();

  /// Whether the open unit may hold records of splits that are somebody else's; of the reader's
  /// thread.
  private boolean givenUp;

  // guarded by this
  private long stoppedAt = -1;
  private long committedTo;
  private boolean closed;

  GroupSplits(Run run, String pipeline, Sink<?> sink, SinkStage stage, CutRequests requests) {
    this.run = run;
    this.pipeline = pipeline;
    this.sink = sink;
    this.stage = stage;
    this.requests = requests;
  }

  // The reader

  @Override
  public Map<Split, Optional<Position>> gained(Set<Split> splits) throws Exception {
    if (splits.isEmpty() || sink instanceof PlainSink) {
      return Map.of();
    }
    if (givenUp) { // a claim would let the open unit pass, with records that are not this run's
      throw new SplitsLost("the run of \"" + pipeline + "\" is given up");
    }
    Map<Split, Position> at = new HashMap<>();
    // a connection of its own, since rebalances may be days apart
    try (CommitLog log = Opening.log(sink)) {
      Claim claim = log.join(pipeline, splits);
      for (Map.Entry<Split, Entry> last : claim.last().entrySet()) {
        last.getValue().to().ifPresent(position -> at.put(last.getKey(), position));
      }
      stage.gained(claim, splits, at);
    }
    Map<Split, Optional<Position>> from = new LinkedHashMap<>();
    splits.forEach(split -> from.put(split, Optional.ofNullable(at.get(split))));
    return from;
  }

  @Override
  public void leaving(Set<Split> splits, Instant deadline) {
    if (splits.isEmpty()) {
      return;
    }
    try {
      if (!settled(splits, deadline)) {
        lost(splits);
      } else if (isCommitted()) {
        release(splits);
      }
    } catch (InterruptedException e) {
      lost(splits);
      Thread.currentThread().interrupt();
    }
  }

  /// Whether everything read of the splits is committed before the deadline, or the run is over
  /// anyway.
  private synchronized boolean settled(Set<Split> splits, Instant deadline)
      throws InterruptedException {
    stoppedAt = -1;
    leaving = Set.copyOf(splits);
    try {
      while (!closed && (stoppedAt < 0 || committedTo < stoppedAt)) {
        if (!run.clock.instant().isBefore(deadline)) {
          return false;
        }
        if (stoppedAt >= 0) {
          requests.force();
        }
        wait(ASK_AGAIN.toMillis());
      }
      return true;
    } finally {
      leaving = Set.of();
      requests.relax();
    }
  }

  /// Whether everything read of the splits is committed, and not only the run over.
  private synchronized boolean isCommitted() {
    return stoppedAt >= 0 && committedTo >= stoppedAt;
  }

  private void release(Set<Split> splits) throws InterruptedException {
    try {
      stage.released(splits);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // whoever claims them next ends this run's writer, if it must
      LOG.log(System.Logger.Level.WARNING, "splits of \"" + pipeline + "\" were not released", e);
    }
  }

  @Override
  public void lost(Set<Split> splits) {
    if (!splits.isEmpty()) {
      givenUp = true;
      run.stop(
          new SplitsLost(
              "the group of \"%s\" took away %d splits while records of them were on their way"
                  .formatted(pipeline, splits.size())));
    }
  }

  // The head at the source

  /// The splits that the head shall read no further; empty when there are none.
  Set<Split> leaving() {
    return leaving;
  }

  /// The head reads nothing behind the first `sequence` records of the splits that it was told of.
  ///
  /// @param told what [#leaving] said; if others are to go by now, they are not meant
  ///
  /// @return whether it was waited for
  @SuppressWarnings("ReferenceEquality") // the very same request
  synchronized boolean stopped(Set<Split> told, long sequence) {
    if (leaving != told || stoppedAt >= 0) {
      return false;
    }
    stoppedAt = sequence;
    notifyAll();
    return true;
  }

  // The sink

  /// Everything that the first `sequence` records came to is committed.
  synchronized void committed(long sequence) {
    run.hasCommitted |= sequence > 0;
    committedTo = Math.max(committedTo, sequence);
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
