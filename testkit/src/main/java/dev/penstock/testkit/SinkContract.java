package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Sink;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a pipeline may ask of every [Sink], whatever its kind.
///
/// @param <T> the type of the records, with a meaningful `equals`
@ExtendWith(NoLeaks.Counter.class)
@Timeout(180)
abstract class SinkContract<T> {

  /// The sink under test: an empty target at the beginning of each test, the same one at each call
  /// within it; a target that exists is appended to.
  protected abstract Sink<T> sink() throws Exception;

  /// Record `i`, different for each number from 0 to 9,999.
  protected abstract T record(int i);

  /// What a reader of the target sees now.
  protected abstract List<T> visible() throws Exception;

  /// Whether output of a run that failed can be taken back: false for a service.
  protected boolean removesHalfWritten() {
    return true;
  }

  @Test
  void the_engine_writes_all_records() throws Exception {
    assertThat(Pipeline.over(records(0, 100)).to(sink()).run().out()).isEqualTo(100);
    assertVisible(0, 100);
  }

  @Test
  void a_run_that_fails_leaves_nothing() throws Exception {
    Sink<T> sink = sink();
    IllegalStateException thrown = new IllegalStateException("at the last record");
    assertThatThrownBy(() ->
            Pipeline.over(records(0, 100))
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
  void its_description_is_one_line() throws Exception {
    assertThat(sink().describe()).isNotBlank().doesNotContain("\n");
  }

  /// Holds what is visible to the records of a range, in any order.
  final void assertVisible(int from, int to) throws Exception {
    assertThat(visible()).containsExactlyInAnyOrderElementsOf(records(from, to));
  }

  final List<T> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::record).toList();
  }

  final void runAgainChangesNothing() throws Exception {
    MemorySource<T> source = MemorySource.of(records(0, 100));
    for (int i = 0; i < 2; i++) {
      Pipeline.from(source).to(sink()).resumable("contract").run();
      assertVisible(0, 100);
    }
  }
}
