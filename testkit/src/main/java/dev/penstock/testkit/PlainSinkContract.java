package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.run.PlanRefused;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every [PlainSink] must keep: what was flushed is there, and a run that failed leaves no
/// half-written output.
///
/// @param <T> the type of the records, with a meaningful `equals`
@ExtendWith(NoLeaks.Counter.class)
@Timeout(60)
public abstract class PlainSinkContract<T> {

  /// The sink under test: an empty target at the beginning of each test, the same one at each call
  /// within it.
  protected abstract PlainSink<T> sink() throws Exception;

  /// Record `i`, different for each number from 0 to 9,999.
  protected abstract T record(int i);

  /// What a reader of the target sees now, in the order written.
  protected abstract List<T> visible() throws Exception;

  /// Whether output of a run that failed can be taken back: true for files, false for a service.
  protected boolean removesHalfWritten() {
    return true;
  }

  @Test
  void what_was_flushed_is_there_after_closing() throws Exception {
    try (PlainWriter<T> writer = sink().open()) {
      write(writer, 0, 50);
      writer.flush();
    }
    assertThat(visible()).isEqualTo(records(50));
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
  void the_engine_writes_all_records_in_order() throws Exception {
    assertThat(Pipeline.over(records(100)).to(sink()).run().out()).isEqualTo(100);
    assertThat(visible()).isEqualTo(records(100));
  }

  @Test
  void a_run_that_fails_leaves_nothing() throws Exception {
    PlainSink<T> sink = sink();
    IllegalStateException thrown = new IllegalStateException("at the last record");
    assertThatThrownBy(() ->
            Pipeline.over(records(100))
                .tap(r -> {
                  if (r.equals(record(99))) {
                    throw thrown;
                  }
                })
                .to(sink)
                .run())
        .isSameAs(thrown);
    if (removesHalfWritten()) {
      assertThat(visible()).isEmpty();
    }
  }

  @Test
  void resumable_is_refused_by_name() throws Exception {
    PlainSink<T> sink = sink();
    assertThatThrownBy(
            () -> Pipeline.from(MemorySource.of(records(3))).to(sink).resumable("contract").run())
        .isInstanceOf(PlanRefused.class)
        .hasMessageContaining(sink.describe());
    assertThat(visible()).isEmpty();
  }

  @Test
  void its_description_is_one_line() throws Exception {
    assertThat(sink().describe()).isNotBlank().doesNotContain("\n");
  }

  private void write(PlainWriter<T> writer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      writer.write(record(i));
    }
  }

  private List<T> records(int count) {
    return IntStream.range(0, count).mapToObj(this::record).toList();
  }
}
