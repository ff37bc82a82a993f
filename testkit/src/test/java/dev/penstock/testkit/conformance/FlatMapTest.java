package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.run.RecordIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

class FlatMapTest {

  /// `length` elements, each made by a function that may wait.
  private static <T> Iterable<T> made(int length, IntFunction<T> element) {
    return () ->
        new Iterator<T>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < length;
          }

          @Override
          public T next() {
            return element.apply(next++);
          }
        };
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Case("A-180")
  void elements_come_in_nested_order() {
    holds(
        way -> way.through(Pipeline.of(ints(0, 3), ints(3, 6), ints(6, 9))).flatMap(list -> list),
        ints(0, 9));
  }

  @Case("A-181")
  void with_concurrency_elements_are_taken_in_turn() {
    List<List<Integer>> nested = List.of(ints(0, 4), ints(4, 5), ints(5, 8), ints(8, 10));
    gives(
        Pipeline.over(nested).flatMap(list -> list, concurrency(2)),
        List.of(0, 4, 1, 2, 5, 3, 6, 7, 8, 9));
    for (CallOptions options :
        List.of(concurrency(2).unordered(), concurrency(3).unordered(), concurrency(4))) {
      assertThat(Pipeline.over(nested).flatMap(list -> list, options).toList())
          .containsExactlyInAnyOrderElementsOf(ints(0, 10));
    }
  }

  @Case("A-183")
  @SuppressWarnings("unchecked")
  void what_is_not_iterable_is_a_failure() {
    for (CallOptions options :
        List.of(CallOptions.NONE, concurrency(2), concurrency(2).unordered())) {
      Pipeline<Object> source = Pipeline.of(1, List.of(1));
      assertThat(Way.pulls(source.flatMap(x -> (List<Object>) x, options)))
          .containsExactlyInAnyOrder(err(ClassCastException.class), 1);
      assertThat(
              Pipeline.of(0, 1)
                  .flatMap(x -> x == 0 ? null : List.of(x), options)
                  .catching(Exception.class)
                  .skip()
                  .toList())
          .containsExactly(1);
    }
    gives(
        Pipeline.<Object>of(1, List.of(1)).flatMap(x -> (List<Object>) x),
        list(err(ClassCastException.class), 1));
  }

  @Case("L-189")
  void many_empty_iterables_give_nothing() {
    for (CallOptions options :
        List.of(CallOptions.NONE, concurrency(3), concurrency(3).unordered())) {
      gives(
          Pipeline.over(Collections.nCopies(2000, List.of())).flatMap(list -> list, options),
          List.of());
    }
  }

  @Case("L-190")
  void iterables_are_read_beside_each_other() throws Exception {
    Timed.holds(FlatMapTest::readBesideEachOther);
  }

  private static void readBesideEachOther() {
    long each = 50;
    List<String> names = List.of("a", "b", "c");
    long start = System.nanoTime();
    List<String> out =
        Pipeline.over(names)
            .flatMap(
                name ->
                    made(
                        5,
                        i -> {
                          sleep(each);
                          return name;
                        }),
                concurrency(2))
            .toList();
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(String.join("", out)).isEqualTo("abababababccccc");
    assertThat(millis).as("one after the other takes %s", 15 * each).isBetween(400L, 690L);
  }

  @Case("L-191")
  void so_many_iterables_are_pulled_for_the_first_element() throws Exception {
    Counted one = new Counted(10);
    try (RecordIterator<Integer> records =
        Pipeline.over(one).batch(1).flatMap(list -> list).iterator()) {
      assertThat(records.next()).isZero();
      one.settlesAt(1);
    }
    Counted two = new Counted(10);
    try (RecordIterator<Integer> records =
        Pipeline.over(two).batch(1).flatMap(list -> list, concurrency(2).window(2)).iterator()) {
      assertThat(records.next()).isZero();
      Thread.sleep(50);
      assertThat(two.taken.get()).isBetween(2, 3);
    }
  }

  @Case("R-192")
  void the_examples() {
    gives(Pipeline.of("hel", "lo!").flatMap(Way::letters), List.of("h", "e", "l", "l", "o", "!"));
    gives(
        Pipeline.of("hel", "lo", "!").flatMap(Way::letters, concurrency(2)),
        List.of("h", "l", "e", "o", "l", "!"));
    assertThat(letters("hel")).containsExactly("h", "e", "l");
  }

  @Case("P-193")
  void unordered_a_slow_iterable_does_not_hold_the_others_back() {
    CountDownLatch fastIsDone = new CountDownLatch(50);
    Iterable<String> slow =
        made(
            2,
            i -> {
              if (i == 1) {
                await(fastIsDone);
              }
              return "slow";
            });
    Iterable<String> fast = made(50, i -> "fast");
    List<String> out =
        Pipeline.of(slow, fast)
            .flatMap(items -> items, concurrency(2).unordered())
            .tap(s -> {
              if (s.equals("fast")) {
                fastIsDone.countDown();
              }
            })
            .toList();
    assertThat(out).hasSize(52).last().isEqualTo("slow");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Case("A-183")
  void an_iterable_that_fails_is_read_on_a_bounded_number_of_times() {
    for (CallOptions options : List.of(CallOptions.NONE, concurrency(2))) {
      List<Integer> source = new ArrayList<>(List.of(1));
      assertThat(
              Way.pulls(
                  Pipeline.over(source)
                      .flatMap(
                          x ->
                              made(
                                  3,
                                  i -> {
                                    if (i == 1) {
                                      throw new IllegalStateException("middle");
                                    }
                                    return i;
                                  }),
                          options)))
          .containsExactly(0, err(IllegalStateException.class), 2);
      assertThatThrownBy(() ->
              Pipeline.over(source)
                  .flatMap(
                      x ->
                          made(
                              1,
                              i -> {
                                throw new IllegalStateException("always");
                              }),
                      options)
                  .run())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("always");
      Iterable<Integer> endless =
          () ->
              new Iterator<Integer>() {
                @Override
                public boolean hasNext() {
                  return true;
                }

                @Override
                public Integer next() {
                  throw new IllegalStateException("for ever");
                }
              };
      assertThat(
              Pipeline.of(1, 2)
                  .flatMap(x -> x == 1 ? endless : List.of(x), options)
                  .catching(Exception.class)
                  .skip()
                  .toList())
          .containsExactly(2);
      Iterable<Integer> broken =
          () ->
              new Iterator<Integer>() {
                @Override
                public boolean hasNext() {
                  throw new IllegalStateException("no answer");
                }

                @Override
                public Integer next() {
                  return 0;
                }
              };
      gives(
          Pipeline.of(1, 2).flatMap(x -> x == 1 ? broken : List.of(x)),
          list(err(IllegalStateException.class), 2));
    }
  }
}
