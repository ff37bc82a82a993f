package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.per;
import static dev.penstock.pipeline.Steps.upTo;
import static dev.penstock.pipeline.Steps.within;
import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holdsInOrder;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.Keyed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

class BatchTest {
  /// What one record of a timed source takes; the windows end half-way between two records.
  private static final Duration EACH = Duration.ofMillis(100);

  private static Keyed<Object, Object> keyed(Object key, Integer... records) {
    return new Keyed<>(key, List.of(records));
  }

  private static Pipeline<Integer> digits(String text) {
    return Pipeline.over(letters(text)).map(Integer::parseInt);
  }

  private static <T> Pipeline<T> slow(List<T> records) {
    return Pipeline.iterate(() -> {
      Iterator<T> all = records.iterator();
      long start = System.nanoTime();
      return new Iterator<T>() {
        private int taken;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public T next() {
          try {
            long due = start + ++taken * EACH.toNanos();
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
          return all.next();
        }
      };
    });
  }

  private static Duration times(double factor) {
    return Duration.ofNanos((long) (EACH.toNanos() * factor));
  }

  /// Records, then a failure of the source, then its end.
  private static Pipeline<Integer> failingAtTheEnd(int count) {
    return Pipeline.iterate(() ->
        new Iterator<Integer>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next <= count;
          }

          @Override
          public Integer next() {
            if (next++ == count) {
              throw new IllegalStateException("exhausted");
            }
            return next - 1;
          }
        });
  }

  @Case("A-140")
  void a_time_that_is_not_positive_is_refused_at_declaration() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(-1))) {
      assertThatThrownBy(() -> within(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("within must be positive, was " + bad);
      assertThatThrownBy(() -> upTo(3).within(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Case("A-141")
  void a_size_below_one_is_refused_at_declaration() {
    for (int bad : new int[] {-1, 0}) {
      assertThatThrownBy(() -> Pipeline.over(INTS).batch(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batch size must be at least 1, was " + bad);
    }
  }

  @Case("A-142")
  void no_records_make_no_batch() {
    gives(Pipeline.over(List.of()).batch(4), List.of());
  }

  @Case("A-143")
  void without_a_size_there_is_one_batch() {
    gives(Pipeline.over(ints(0, 10)).batch(Integer.MAX_VALUE), List.of(ints(0, 10)));
  }

  @Case({"A-144", "A-145", "A-146"})
  void batches_have_so_many_records_but_the_last() {
    for (int size : new int[] {2, 3, 4}) {
      List<List<Integer>> expected = new ArrayList<>();
      for (int from = 0; from < 10; from += size) {
        expected.add(ints(from, Math.min(from + size, 10)));
      }
      holdsInOrder(way -> way.through(Pipeline.over(ints(0, 10))).batch(size), expected);
    }
  }

  @Case("A-147")
  void a_failure_closes_the_batch_before_it() {
    holdsInOrder(
        way ->
            Pipeline.over(letters("01-23456789"))
                .map(Integer::parseInt, way.options)
                .batch(3)
                .catching(NumberFormatException.class)
                .skip(),
        List.of(List.of(0, 1), List.of(2, 3, 4), List.of(5, 6, 7), List.of(8, 9)));
    gives(
        digits("01-2").batch(3), list(List.of(0, 1), err(NumberFormatException.class), List.of(2)));
  }

  @Case("A-148")
  void batches_by_key() {
    holdsInOrder(
        way -> way.through(Pipeline.over(ints(0, 10))).batchBy(n -> n % 2, upTo(2)),
        List.of(
            keyed(0, 0, 2),
            keyed(1, 1, 3),
            keyed(0, 4, 6),
            keyed(1, 5, 7),
            keyed(0, 8),
            keyed(1, 9)));
  }

  private static final List<Keyed<Object, Object>> AROUND_A_FAILURE =
      List.of(
          keyed(0, 0), keyed(1, 1), keyed(0, 2, 4), keyed(1, 3, 5), keyed(0, 6, 8), keyed(1, 7, 9));

  @Case("A-149")
  void a_failure_closes_all_batches_the_key_seen_first_before_the_others() {
    holdsInOrder(
        way ->
            Pipeline.over(letters("01-23456789"))
                .map(Integer::parseInt, way.options)
                .batchBy(n -> n % 2, upTo(2))
                .catching(NumberFormatException.class)
                .skip(),
        AROUND_A_FAILURE);
    gives(
        digits("01-2").batchBy(n -> n % 2, upTo(2)),
        list(keyed(0, 0), keyed(1, 1), err(NumberFormatException.class), keyed(0, 2)));
  }

  private static Keyed<Object, Object> numbers(Keyed<Integer, String> batch) {
    return new Keyed<>(
        batch.key(), batch.records().stream().<Object>map(Integer::parseInt).toList());
  }

  @Case("A-150")
  void a_key_that_cannot_be_had_is_a_failure_as_well() {
    holdsInOrder(
        way ->
            way.through(Pipeline.over(letters("01-23456789")))
                .batchBy(s -> Integer.parseInt(s) % 2, upTo(2))
                .catching(NumberFormatException.class)
                .skip()
                .map(BatchTest::numbers),
        AROUND_A_FAILURE);
  }

  @Case("A-151")
  void the_time_of_a_batch_begins_with_its_first_record() throws Exception {
    Timed.holds(() ->
        assertThat(slow(ints(0, 10)).batch(within(times(3.5))).toList())
            .containsExactly(ints(0, 4), ints(4, 8), ints(8, 10)));
  }

  @Case("A-152")
  void each_key_has_a_time_of_its_own() throws Exception {
    Timed.holds(() ->
        assertThat(slow(ints(0, 10)).batchBy(n -> n % 2, upTo(3).within(times(3.5))).toList())
            .extracting(Keyed::key, Keyed::records)
            .containsExactly(
                List.of(
                        keyed(0, 0, 2),
                        keyed(1, 1, 3),
                        keyed(0, 4, 6),
                        keyed(1, 5, 7),
                        keyed(0, 8),
                        keyed(1, 9))
                    .stream()
                    .map(k -> org.assertj.core.groups.Tuple.tuple(k.key(), k.records()))
                    .toArray(org.assertj.core.groups.Tuple[]::new)));
  }

  @Case("A-155")
  void a_key_that_cannot_be_had_closes_timed_batches() throws Exception {
    Timed.holds(() ->
        assertThat(
                slow(letters("01-23456789"))
                    .batchBy(s -> Integer.parseInt(s) % 2, upTo(3).within(times(3.5)))
                    .catching(NumberFormatException.class)
                    .skip()
                    .map(BatchTest::numbers)
                    .toList())
            .isEqualTo(AROUND_A_FAILURE));
  }

  @Case("A-156")
  void a_time_shorter_than_a_record_gives_single_records_and_nothing_empty() throws Exception {
    Timed.holds(() ->
        assertThat(slow(ints(0, 6)).batch(within(times(0.5))).toList())
            .isEqualTo(IntStream.range(0, 6).mapToObj(List::of).toList()));
  }

  @Case("L-159")
  void after_a_failure_a_new_batch_begins() {
    gives(
        Pipeline.over(ints(0, 220))
            .map(i -> {
              int unused = i / (110 - i);
              return i;
            })
            .batch(100)
            .take(3),
        list(ints(0, 100), ints(100, 110), err(ArithmeticException.class), ints(111, 211)));
  }

  @Case("L-161")
  void the_key_that_is_full_first_comes_first() {
    assertThat(failingAtTheEnd(20).batchBy(n -> n % 4 != 0, upTo(10)).take(1).toList())
        .containsExactly(new Keyed<>(true, List.of(1, 2, 3, 5, 6, 7, 9, 10, 11, 13)));
  }

  @Case("L-162")
  void both_keys_come_before_a_failure_at_the_end() {
    gives(
        failingAtTheEnd(10).batchBy(n -> n % 2, upTo(100)),
        list(keyed(0, 0, 2, 4, 6, 8), keyed(1, 1, 3, 5, 7, 9), err(IllegalStateException.class)));
  }

  @Case("L-163")
  void times_count_from_the_first_record_of_each_key() throws Exception {
    Timed.holds(() ->
        assertThat(
                slow(ints(0, 10))
                    .batchBy(n -> n % 4 == 0, upTo(100).within(times(2.5)))
                    .map(Keyed::records)
                    .toList())
            .containsExactly(
                List.of(0),
                List.of(1, 2, 3),
                List.of(4),
                List.of(5, 6, 7),
                List.of(8),
                List.of(9)));
  }

  @Case("L-164")
  void a_time_of_two_records_gives_pairs() throws Exception {
    Timed.holds(() ->
        assertThat(slow(ints(0, 8)).batch(within(times(1.5))).toList())
            .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7)));
  }

  @Case("L-165")
  void batches_by_key_carry_their_key() {
    assertThat(Pipeline.over(ints(0, 10)).batchBy(n -> n % 2, upTo(2)).map(Keyed::key).toList())
        .containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Case("R-166")
  void the_examples() throws Exception {
    holdsInOrder(
        way -> way.through(Pipeline.over(ints(0, 10))).batch(5), List.of(ints(0, 5), ints(5, 10)));
    Timed.holds(() ->
        assertThat(
                Pipeline.over(ints(0, 6))
                    .throttle(per(2, times(2)).burst(2))
                    .batch(within(times(1)))
                    .toList())
            .containsExactly(ints(0, 2), ints(2, 4), ints(4, 6)));
    List<Keyed<String, Integer>> byParity =
        List.of(
            new Keyed<>("even", List.of(0, 2, 4, 6, 8)),
            new Keyed<>("odd", List.of(1, 3, 5, 7, 9)));
    holdsInOrder(
        way ->
            way.through(Pipeline.over(ints(0, 10)))
                .batchBy(n -> n % 2 == 0 ? "even" : "odd", upTo(Integer.MAX_VALUE)),
        byParity);
    holdsInOrder(
        way ->
            way.through(Pipeline.over(ints(0, 10)))
                .batchBy(n -> n % 2 == 0 ? "even" : "odd", upTo(Integer.MAX_VALUE))
                .map(k -> k.key() + k.records().size()),
        List.of("even5", "odd5"));
  }

  @Case("P-167")
  void open_keys_and_waiting_records_are_bounded() {
    gives(
        Pipeline.of(1, 2, 1, 3, 2, 1).batchBy(n -> n, Batching.upTo(10).keys(2)),
        List.of(keyed(1, 1, 1), keyed(2, 2, 2), keyed(3, 3), keyed(1, 1)));
    gives(
        Pipeline.of(1, 2, 1, 3, 2).batchBy(n -> n, Batching.upTo(10).waiting(3)),
        List.of(keyed(1, 1, 1), keyed(2, 2, 2), keyed(3, 3)));
  }
}
