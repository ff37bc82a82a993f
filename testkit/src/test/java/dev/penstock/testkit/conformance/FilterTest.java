package dev.penstock.testkit.conformance;

import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.holdsInOrder;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.letters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Indexed;
import dev.penstock.pipeline.run.RecordIterator;
import java.util.List;

class FilterTest {

  @Case("A-080")
  void filter_keeps_what_meets_the_condition() {
    holds(
        way -> way.through(Pipeline.over(INTS)).filter(i -> i % 2 == 1),
        INTS.stream().filter(i -> i % 2 == 1).toList());
    holds(way -> way.through(Pipeline.over(INTS)).filter(i -> i != 0), ints(1, 256));
  }

  @Case({"A-081", "A-086"})
  void negative_counts_are_refused_at_declaration() {
    Pipeline<Integer> ints = Pipeline.over(INTS);
    assertThatThrownBy(() -> ints.skip(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("skip count must be at least 0, was -1");
    assertThatThrownBy(() -> ints.take(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("take count must be at least 0, was -1");
  }

  @Case("A-082")
  void skip_drops_so_many() {
    gives(Pipeline.over(List.of()).skip(0), List.of());
    for (long count : new long[] {0, 1, 2, 256, Long.MAX_VALUE}) {
      holdsInOrder(
          way -> way.through(Pipeline.over(INTS)).skip(count),
          ints((int) Math.min(count, 256), 256));
    }
  }

  @Case("A-083")
  void drop_while_gives_the_record_that_ends_it() {
    holdsInOrder(
        way -> way.through(Pipeline.over(letters("1234-56"))).dropWhile(c -> !c.equals("-")),
        List.of("-", "5", "6"));
  }

  @Case("A-084")
  void skip_does_not_count_failures() {
    holdsInOrder(
        way ->
            Pipeline.over(letters("1-2-3-4"))
                .map(Integer::parseInt, way.options)
                .skip(3)
                .catching(NumberFormatException.class)
                .skip(),
        List.of(4));
  }

  @Case("A-087")
  void take_gives_so_many() {
    gives(Pipeline.over(List.of()).take(1), List.of());
    for (long count : new long[] {0, 1, 2, 256, Long.MAX_VALUE}) {
      holdsInOrder(
          way -> way.through(Pipeline.over(INTS)).take(count), ints(0, (int) Math.min(count, 256)));
    }
  }

  @Case("A-088")
  void take_while_ends_before_the_record_that_ends_it() {
    holdsInOrder(
        way -> way.through(Pipeline.over(letters("1234-56"))).takeWhile(c -> !c.equals("-")),
        List.of("1", "2", "3", "4"));
  }

  @Case("A-089")
  void take_does_not_count_failures() {
    holdsInOrder(
        way ->
            Pipeline.over(letters("1-2-3-4"))
                .map(Integer::parseInt, way.options)
                .take(3)
                .catching(NumberFormatException.class)
                .skip(),
        List.of(1, 2, 3));
  }

  @Case("A-092")
  void take_does_not_pull_the_rest() {
    for (int count : new int[] {0, 1, 7}) {
      Counted run = new Counted(100);
      assertThat(Pipeline.over(run).take(count).toList()).isEqualTo(ints(0, count));
      assertThat(run.taken).as("taken by take(%s)", count).hasValue(count);
      Counted pulled = new Counted(100);
      assertThat(Way.pulls(Pipeline.over(pulled).take(count))).isEqualTo(ints(0, count));
      assertThat(pulled.taken).as("pulled by take(%s)", count).hasValue(count);
    }
  }

  @Case("L-093")
  void skipping_by_count_and_condition_together() {
    int n = 10;
    gives(Pipeline.over(INTS).skip(n), ints(n, 256));
    gives(Pipeline.over(INTS).skip(0), INTS);
    gives(Pipeline.over(INTS).dropWhile(i -> false), INTS);
    gives(Pipeline.over(INTS).dropWhile(i -> true), List.of());
    gives(
        Pipeline.over(INTS)
            .pipe(p ->
                p.zipWithIndex()
                    .dropWhile(at -> at.index() < 2 * n && at.record() < n)
                    .map(Indexed::record)),
        ints(n, 256));
  }

  @Case("L-095")
  void after_the_limit_there_is_nothing_for_good() {
    try (RecordIterator<Integer> records =
        Pipeline.over(letters("1-2-3-4")).map(Integer::parseInt).take(2).iterator()) {
      assertThat(records.next()).isEqualTo(1);
      assertThatThrownBy(records::next).isInstanceOf(NumberFormatException.class);
      assertThat(records.next()).isEqualTo(2);
      for (int i = 0; i < 3; i++) {
        assertThat(records.hasNext()).isFalse();
        assertThatThrownBy(records::next)
            .isExactlyInstanceOf(java.util.NoSuchElementException.class);
      }
    }
  }

  @Case("R-096")
  void the_examples() {
    holdsInOrder(way -> way.through(Pipeline.over(ints(0, 10))).take(5), ints(0, 5));
    holdsInOrder(way -> way.through(Pipeline.over(ints(0, 10))).takeWhile(n -> n != 5), ints(0, 5));
    holdsInOrder(way -> way.through(Pipeline.over(ints(0, 10))).skip(5), ints(5, 10));
    holdsInOrder(way -> way.through(Pipeline.over(ints(0, 10))).dropWhile(n -> n < 5), ints(5, 10));
    holds(
        way -> way.through(Pipeline.over(ints(0, 10))).filter(n -> n % 2 == 0),
        List.of(0, 2, 4, 6, 8));
  }
}
