package dev.penstock.testkit.conformance;

import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.run.RecordIterator;

class BufferTest {

  @Case("A-220")
  void an_empty_buffer_is_refused_at_declaration() {
    assertThatThrownBy(() -> Pipeline.over(INTS).buffer(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buffer size must be at least 1, was 0");
  }

  @Case("A-221")
  void a_buffer_changes_nothing() {
    holds(way -> way.through(Pipeline.over(INTS)).buffer(5), INTS);
    gives(
        Pipeline.over(letters("01-2")).map(Integer::parseInt).buffer(2),
        list(0, 1, err(NumberFormatException.class), 2));
  }

  @Case("A-222")
  void a_buffer_reads_so_many_records_ahead() throws Exception {
    for (int size : new int[] {1, 10}) {
      Counted source = new Counted(256);
      try (RecordIterator<Integer> records =
          Pipeline.over(source).buffer(size).map(i -> i).iterator()) {
        Thread.sleep(20);
        assertThat(source.taken).hasValue(0);
        assertThat(records.next()).isZero();
        source.settlesAt(size + 1);
        assertThat(records.next()).isEqualTo(1);
        source.settlesAt(size + 2);
      }
    }
  }

  @Case("R-224")
  void the_example() throws Exception {
    Counted source = new Counted(10);
    try (RecordIterator<Integer> records = Pipeline.over(source).buffer(5).iterator()) {
      assertThat(records.next()).isZero();
      source.settlesAt(6);
    }
  }
}
