package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stages, logs, publishes. In a resumable run each unit holds records of one split, since a cut is
/// made wherever another begins. Without positions, what was staged is published together at the
/// end; where the source has no end, at once.
final class StagedSinkStage<S> extends SinkStage {
  /// The lane of a run without positions.
  private static final Split WHOLE = new Split("all");

  private final StagedSink<Object, S> sink;
  private final List<S> unpublished = new ArrayList<>();
  private final Map<Split, Long> numbers = new HashMap<>();
  private @Nullable Claim claim;
  private @Nullable StageWriter<Object, S> writer;
  private Split lane = WHOLE;
  private long bytesBefore;

  StagedSinkStage(Step.To step, StagedSink<Object, S> sink, Segment segment, Meter meter) {
    super(step, segment, meter);
    this.sink = sink;
  }

  /// Publishes what the last entries name, which a run that was stopped may not have come to.
  @Override
  void open(@Nullable Claim claim) throws Exception {
    this.claim = claim;
    segment.run.gauges.bytes(this::bytes);
    if (claim == null) {
      return;
    }
    for (Map.Entry<Split, Entry> last : claim.last().entrySet()) {
      numbers.put(last.getKey(), last.getValue().number());
      lane = last.getKey(); // of what steps may still hold since then
      Optional<byte[]> staged = last.getValue().staged();
      if (staged.isPresent()) {
        sink.publish(sink.decode(staged.get()));
      }
    }
  }

  private long bytes() {
    StageWriter<Object, S> open = writer;
    return bytesBefore + (open == null ? 0 : open.bytes());
  }

  @Override
  void lane(Split next) throws Exception {
    if (!next.equals(lane)) {
      closeWriter();
      lane = next;
    }
  }

  @Override
  void write(Object record) throws Exception {
    StageWriter<Object, S> to = writer;
    if (to == null) {
      to = sink.open(lane);
      writer = to;
    }
    to.write(record);
  }

  @Override
  boolean full() {
    StageWriter<Object, S> open = writer;
    return open != null && open.full();
  }

  @Override
  void commit(Cut cut) throws Exception {
    S staged = stage(cut);
    Claim log = claim;
    if (log != null) {
      append(log, cut, staged);
    }
    for (S one : unpublished) {
      sink.publish(one);
    }
    unpublished.clear();
  }

  /// The entry that names what was staged comes first: the others have not moved, and are written
  /// for the states that they repeat.
  private void append(Claim log, Cut cut, @Nullable S staged) throws Exception {
    if (cut.to().containsKey(lane)) {
      log.append(Map.of(lane, entry(lane, cut, Optional.ofNullable(staged).map(sink::encode))));
    }
    for (Split split : cut.to().keySet()) {
      if (!split.equals(lane)) {
        log.append(Map.of(split, entry(split, cut, Optional.empty())));
      }
    }
  }

  private Entry entry(Split split, Cut cut, Optional<byte[]> staged) {
    return new Entry(
        numbers.merge(split, 1L, Long::sum),
        Optional.ofNullable(cut.from().get(split)),
        Optional.of(Objects.requireNonNull(cut.to().get(split))),
        cut.states(),
        staged);
  }

  /// A run without any record is staged too: it may leave an empty file where an older one was.
  private @Nullable S stage(Cut cut) throws Exception {
    boolean empty = claim == null && cut.last() && writer == null;
    StageWriter<Object, S> from = empty ? sink.open(lane) : writer;
    writer = from;
    if (from == null || (open == 0 && !empty)) {
      return null;
    }
    S staged = from.stage(cut);
    unpublished.add(staged);
    return staged;
  }

  private void closeWriter() throws Exception {
    StageWriter<Object, S> open = writer;
    writer = null;
    if (open != null) {
      bytesBefore += open.bytes();
      open.close();
    }
  }

  /// What was written and not staged is taken away, and what was staged and not logged.
  @Override
  void close() throws Exception {
    StageWriter<Object, S> open = writer;
    try {
      if (open != null && this.open > 0) {
        open.discard();
      }
      if (claim == null) {
        for (S staged : unpublished) {
          sink.discard(staged);
        }
      }
    } finally {
      closeWriter();
      super.close();
    }
  }
}
