package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.plan.Step;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commits records and positions in one transaction.
final class TxSinkStage extends SinkStage {
  private final TransactionalSink<Object> sink;
  private @Nullable TxWriter<Object> writer;
  private @Nullable Salvage salvage;

  TxSinkStage(Step.To step, TransactionalSink<Object> sink, Segment segment, Meter meter) {
    super(step, segment, meter);
    this.sink = sink;
  }

  @Override
  void open(@Nullable Claim claim) throws Exception {
    TxWriter<Object> opened = sink.open(claim);
    writer = opened;
    segment.run.gauges.bytes(opened::bytes);
    if (isSalvaging()) {
      salvage = new Salvage(opened, Objects.requireNonNull(segment.head), this::reject);
      commitEvery(Salvage.UNIT);
    }
  }

  @Override
  void gained(Claim claim, Set<Split> splits, Map<Split, Position> at) throws Exception {
    super.gained(claim, splits, at);
    writer().add(claim);
  }

  @Override
  void released(Set<Split> splits) throws Exception {
    writer().release(splits);
  }

  private TxWriter<Object> writer() {
    return Objects.requireNonNull(writer);
  }

  @Override
  void write(Object record) throws Exception {
    if (salvage == null) {
      writer().write(record);
    } else {
      salvage.write(record);
    }
  }

  @Override
  boolean full() {
    return writer().full() || (salvage != null && salvage.isFull());
  }

  @Override
  void commit(Cut cut) throws Exception {
    if (salvage != null) {
      salvage.settle();
    }
    if (cut.last()) {
      writer().finish(cut);
    } else {
      writer().commit(cut);
    }
    if (salvage != null) {
      salvage.committed();
    }
  }

  @Override
  void close() throws Exception {
    TxWriter<Object> open = writer;
    writer = null;
    try (open) {
      super.close();
    }
  }
}
