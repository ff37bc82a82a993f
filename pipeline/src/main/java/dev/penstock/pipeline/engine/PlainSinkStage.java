package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes to a sink without transactions.
final class PlainSinkStage extends SinkStage {
  private final PlainSink<Object> sink;

  /// How often records are asked for that the target has refused.
  private static final int LOOK = 1023;

  private @Nullable PlainWriter<Object> writer;
  private final BiConsumer<Object, Exception> refuse = this::reject;

  /// Null where nobody asks what a refused record was made of.
  private final @Nullable Recent recent;

  private int written;

  PlainSinkStage(Step.To step, PlainSink<Object> sink, Segment segment, Meter meter) {
    super(step, segment, meter);
    this.sink = sink;
    recent = isSalvaging() ? new Recent() : null;
  }

  private void reject(Object record, Exception e) {
    reject(record, e, recent == null ? null : recent.position(record));
  }

  @Override
  void open(@Nullable Claim claim) throws Exception {
    PlainWriter<Object> opened = sink.open();
    writer = opened;
    segment.run.gauges.bytes(opened::bytes);
  }

  private PlainWriter<Object> writer() {
    return Objects.requireNonNull(writer);
  }

  @Override
  void write(Object record) throws Exception {
    writer().write(record);
    if (recent != null) {
      recent.add(record, Objects.requireNonNull(segment.head));
    }
    if ((++written & LOOK) == 0) {
      writer().refused(refuse);
    }
  }

  @Override
  boolean full() {
    return false;
  }

  @Override
  void commit(Cut cut) throws Exception {
    writer().flush();
    writer().refused(refuse);
    if (recent != null) {
      recent.clear();
    }
  }

  @Override
  void close() throws Exception {
    PlainWriter<Object> open = writer;
    writer = null;
    try (open) {
      super.close();
    }
  }
}
