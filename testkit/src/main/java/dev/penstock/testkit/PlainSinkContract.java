package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.run.PlanRefused;
import org.junit.jupiter.api.Test;

/// What every [PlainSink] must keep: what was flushed is there, and a run that failed leaves no
/// half-written output.
///
/// @param <T> the type of the records, with a meaningful `equals`
public abstract class PlainSinkContract<T> extends SinkContract<T> {

  @Override
  protected abstract PlainSink<T> sink() throws Exception;

  @Test
  void what_was_flushed_is_there_after_closing() throws Exception {
    try (PlainWriter<T> writer = sink().open()) {
      write(writer, 0, 50);
      writer.flush();
    }
    assertThat(visible()).isEqualTo(records(0, 50));
  }

  @Test
  void closing_without_a_flush_leaves_nothing() throws Exception {
    PlainWriter<T> writer = sink().open();
    write(writer, 0, 50);
    writer.close();
    writer.close();
    if (removesHalfWritten()) {
      assertThat(visible()).isEmpty();
    }
  }

  @Test
  void no_records_are_a_good_run() throws Exception {
    try (PlainWriter<T> writer = sink().open()) {
      writer.flush();
    }
    assertThat(visible()).isEmpty();
  }

  @Test
  void the_engine_writes_in_order() throws Exception {
    Pipeline.over(records(0, 100)).to(sink()).run();
    assertThat(visible()).isEqualTo(records(0, 100));
  }

  @Test
  void resumable_is_refused_by_name() throws Exception {
    PlainSink<T> sink = sink();
    assertThatThrownBy(() ->
            Pipeline.from(MemorySource.of(records(0, 3))).to(sink).resumable("contract").run())
        .isInstanceOf(PlanRefused.class)
        .hasMessageContaining(sink.describe());
    assertThat(visible()).isEmpty();
  }

  private void write(PlainWriter<T> writer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      writer.write(record(i));
    }
  }
}
