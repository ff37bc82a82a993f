package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Stages, logs, publishes. In a resumable run each unit holds records of one split: a cut is made
/// wherever another begins, or, where a broker hands the splits out, each has a lane of its own.
/// Without positions, what was staged is published together at the end; where the source has no
/// end, at once.
final class StagedSinkStage<S> extends SinkStage {
  private final StagedSink<Object, S> sink;
  private final List<S> unpublished = new ArrayList<>();
  private final Map<Split, Long> numbers = new ConcurrentHashMap<>();

  /// Who has claimed a split; none in a run without positions. Splits come on another thread.
  private final Map<Split, Claim> claims = new ConcurrentHashMap<>();

  /// The lanes that are written to. The gauges look at them from another thread.
  private final Map<Split, Lane> lanes = new ConcurrentHashMap<>();

  /// The claim of all splits, where no broker hands them out.
  private @Nullable Claim whole;

  private boolean positions;
  private Split lane = Split.WHOLE;
  private volatile long bytesBefore;

  /// What is written of one split.
  private final class Lane {
    final StageWriter<Object, S> writer;
    final @Nullable Claim claim;

    /// Records since the last stage.
    long open;

    /// Whether anything was written since it was last looked at.
    boolean used;

    Lane(StageWriter<Object, S> writer, @Nullable Claim claim) {
      this.writer = writer;
      this.claim = claim;
    }
  }

  StagedSinkStage(Step.To step, StagedSink<Object, S> sink, Segment segment, Meter meter) {
    super(step, segment, meter);
    this.sink = sink;
  }

  @Override
  Optional<Duration> pace() {
    return sink.pace();
  }

  @Override
  void open(@Nullable Claim claim) throws Exception {
    segment.run.gauges.bytes(this::bytes);
    positions = claim != null;
    if (claim != null) {
      takeOver(claim, claim.last().keySet());
      for (Split split : claim.last().keySet()) {
        lane = split; // of what steps may still hold since then
      }
      whole = claim;
    }
  }

  @Override
  void gained(Claim claim, Set<Split> splits, Map<Split, Position> at) throws Exception {
    super.gained(claim, splits, at);
    takeOver(claim, splits);
    splits.forEach(split -> claims.put(split, claim));
  }

  /// Publishes what the last entries name, which a run that was stopped may not have come to.
  private void takeOver(Claim claim, Set<Split> splits) throws Exception {
    Map<Split, Entry> entries = claim.last();
    for (Split split : splits) {
      Entry last = entries.get(split);
      numbers.put(split, last == null ? 0L : last.number());
      if (last != null && last.staged().isPresent()) {
        sink.publish(sink.decode(last.staged().get()));
      }
    }
  }

  private @Nullable Claim claim(Split split) {
    Claim own = claims.get(split);
    return own == null ? whole : own;
  }

  private long bytes() {
    long bytes = bytesBefore;
    for (Lane each : lanes.values()) {
      bytes += each.writer.bytes();
    }
    return bytes;
  }

  @Override
  void lane(Split next) throws Exception {
    if (!next.equals(lane) && !keepsLanes()) {
      close(lane);
    }
    lane = next;
  }

  @Override
  void write(Object record) throws Exception {
    Lane to = current();
    to.writer.write(record);
    to.open++;
    to.used = true;
  }

  /// The lane of the records that come now. One of a split that went and came back begins anew.
  @SuppressWarnings("ReferenceEquality") // the very same claim
  private Lane current() throws Exception {
    Lane known = lanes.get(lane);
    Claim claim = claim(lane);
    if (known != null && known.claim == claim) {
      return known;
    }
    close(lane);
    Lane opened = new Lane(sink.open(lane, committed(lane)), claim);
    lanes.put(lane, opened);
    return opened;
  }

  @Override
  boolean full() {
    Lane open = lanes.get(lane);
    return open != null && open.writer.full();
  }

  @Override
  Set<Split> fullLanes() {
    Set<Split> full = new HashSet<>();
    lanes.forEach((split, each) -> {
      if (each.writer.full()) {
        full.add(split);
      }
    });
    return full;
  }

  @Override
  long stillOpen() {
    return lanes.values().stream().mapToLong(each -> each.open).sum();
  }

  @Override
  void commit(Cut cut) throws Exception {
    if (!positions) {
      stage(lane, cut, cut.last() && lanes.isEmpty());
      publish();
    } else if (keepsLanes()) {
      for (Split split : cut.to().keySet()) {
        commit(split, cut.only(split));
      }
      closeIdle();
    } else {
      // the others have not moved, and are written for the states that they repeat
      if (cut.to().containsKey(lane)) {
        commit(lane, cut);
      }
      for (Split split : cut.to().keySet()) {
        if (!split.equals(lane)) {
          append(split, cut, Optional.empty());
        }
      }
    }
  }

  private void commit(Split split, Cut cut) throws Exception {
    S staged = stage(split, cut, false);
    try {
      append(split, cut, Optional.ofNullable(staged).map(sink::encode));
    } catch (Fenced e) {
      discard(staged, e); // no entry names it, and none ever will
      throw e;
    }
    publish();
  }

  private void discard(@Nullable S staged, Fenced reason) {
    unpublished.clear();
    try {
      if (staged != null) {
        sink.discard(staged);
      }
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }

  private void publish() throws Exception {
    for (S one : unpublished) {
      sink.publish(one);
    }
    unpublished.clear();
  }

  private void append(Split split, Cut cut, Optional<byte[]> staged) throws Exception {
    Entry entry =
        new Entry(
            numbers.merge(split, 1L, Long::sum),
            Optional.ofNullable(cut.from().get(split)),
            Optional.of(Objects.requireNonNull(cut.to().get(split))),
            cut.states(),
            staged);
    Objects.requireNonNull(claim(split)).append(Map.of(split, entry));
  }

  /// @param empty whether a run without any record is staged too: it may leave an empty file where
  ///   an older one was
  private @Nullable S stage(Split split, Cut cut, boolean empty) throws Exception {
    Lane from = empty ? current() : lanes.get(split);
    if (from == null || (from.open == 0 && !empty)) {
      return null;
    }
    S staged = from.writer.stage(cut);
    from.open = 0;
    unpublished.add(staged);
    return staged;
  }

  /// Of many splits, some have nothing for long, and some belong to others by now.
  private void closeIdle() throws Exception {
    for (Map.Entry<Split, Lane> each : lanes.entrySet()) {
      Lane idle = each.getValue();
      if (idle.open == 0 && !idle.used) {
        close(each.getKey());
      }
      idle.used = false;
    }
  }

  private void close(Split split) throws Exception {
    Lane gone = lanes.remove(split);
    if (gone == null) {
      return;
    }
    bytesBefore += gone.writer.bytes();
    try (gone.writer) {
      if (gone.open > 0) {
        gone.writer.discard();
      }
    }
  }

  /// What was written and not staged is taken away, and what was staged and not logged.
  @Override
  void close() throws Exception {
    Exception failure = null;
    for (Split split : lanes.keySet()) {
      try {
        close(split);
      } catch (Exception e) {
        failure = failure == null ? e : failure;
      }
    }
    try {
      if (!positions) {
        for (S staged : unpublished) {
          sink.discard(staged);
        }
      }
    } finally {
      super.close();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
