package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.per;
import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.inverse;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.FailedAt;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.RecordIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

class MapTest {

  @Case("A-050")
  void results_keep_the_order_of_their_records_at_any_concurrency() {
    List<Integer> squares = INTS.stream().map(i -> i * i).toList();
    Random random = new Random(50);
    List<Integer> micros = INTS.stream().map(_ -> random.nextInt(300)).toList();
    for (int c : new int[] {1, 2, 512}) {
      gives(
          Pipeline.over(INTS)
              .map(
                  i -> {
                    Thread.sleep(Duration.ofNanos(micros.get(i) * 1000L));
                    return i * i;
                  },
                  concurrency(c)),
          squares);
    }
  }

  @Case("A-051")
  void unordered_results_come_as_they_complete() {
    CountDownLatch thirdIsOut = new CountDownLatch(1);
    List<Integer> completed =
        Pipeline.of(1, 2, 3)
            .map(
                i -> {
                  if (i == 2) {
                    thirdIsOut.await();
                  }
                  return i;
                },
                concurrency(2).unordered())
            .tap(i -> {
              if (i == 3) {
                thirdIsOut.countDown();
              }
            })
            .toList();
    assertThat(completed).containsExactly(1, 3, 2);
    CountDownLatch thirdIsDone = new CountDownLatch(1);
    List<Integer> ordered =
        Pipeline.of(1, 2, 3)
            .map(
                i -> {
                  if (i == 2) {
                    thirdIsDone.await();
                  } else if (i == 3) {
                    thirdIsDone.countDown();
                  }
                  return i;
                },
                concurrency(2))
            .toList();
    assertThat(ordered).containsExactly(1, 2, 3);
  }

  @Case("A-053")
  void no_concurrency_is_refused_at_declaration() {
    assertThatThrownBy(() -> concurrency(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency must be at least 1, was 0");
    assertThatThrownBy(() -> CallOptions.NONE.concurrency(-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency must be at least 1, was -3");
  }

  @Case("A-054")
  void so_many_records_are_pulled_for_the_first_result() throws Exception {
    Counted one = new Counted(10);
    try (RecordIterator<Integer> records = Pipeline.over(one).map(i -> i).iterator()) {
      assertThat(records.next()).isZero();
      one.settlesAt(1);
    }
    for (CallOptions options :
        List.of(concurrency(2).window(2), concurrency(2).window(2).unordered())) {
      Counted three = new Counted(10);
      try (RecordIterator<Integer> records = Pipeline.over(three).map(i -> i, options).iterator()) {
        assertThat(records.next()).isBetween(0, 2);
        three.settlesAt(3);
      }
    }
    Counted bounded = new Counted(10_000);
    try (RecordIterator<Integer> records =
        Pipeline.over(bounded).map(i -> i, concurrency(2)).iterator()) {
      assertThat(records.next()).isZero();
      Thread.sleep(50);
      assertThat(bounded.taken.get()).isLessThanOrEqualTo(1025);
    }
  }

  @Case("A-055")
  void nothing_is_pulled_before_the_first_next() throws Exception {
    for (Way way : Way.values()) {
      Counted source = new Counted(10);
      try (RecordIterator<Integer> records = way.through(Pipeline.over(source)).iterator()) {
        Thread.sleep(50);
        assertThat(source.taken).as("%s", way).hasValue(0);
        assertThat(records.hasNext()).isTrue();
      }
    }
  }

  @Case("A-056")
  void failures_of_the_step_above_keep_their_place() {
    double inf = Double.POSITIVE_INFINITY;
    holds(
        way ->
            Pipeline.of(0, 1, 0, 2, 0)
                .map(i -> inverse(i))
                .map(MapTest::slowly, way.options)
                .catching(ArithmeticException.class)
                .replaceWith(f -> inf),
        List.of(inf, 1.0, inf, 0.5, inf));
  }

  @Case("A-057")
  void failures_of_the_step_keep_their_place() {
    double inf = Double.POSITIVE_INFINITY;
    holds(
        way ->
            Pipeline.of(0, 1, 0, 2, 0)
                .map(i -> slowly(inverse(i)), way.options)
                .catching(ArithmeticException.class)
                .replaceWith(f -> inf),
        List.of(inf, 1.0, inf, 0.5, inf));
  }

  private static double slowly(double inverse) throws InterruptedException {
    Thread.sleep((long) (inverse * 10));
    return inverse;
  }

  @Case("A-061")
  void tap_passes_every_record_on() {
    for (Way way : Way.values()) {
      Set<Integer> seen = ConcurrentHashMap.newKeySet();
      List<Integer> out = Pipeline.over(INTS).tap(seen::add, way.options).toList();
      assertThat(seen).containsExactlyInAnyOrderElementsOf(INTS);
      if (way.keepsOrder()) {
        assertThat(out).isEqualTo(INTS);
      } else {
        assertThat(out).containsExactlyInAnyOrderElementsOf(INTS);
      }
    }
    holds(way -> Pipeline.over(INTS).tap(i -> {}, way.options), INTS);
  }

  @Case("L-062")
  void a_record_whose_tap_fails_is_not_passed_on() {
    holds(
        way ->
            Pipeline.over(ints(0, 5))
                .tap(
                    i -> {
                      if (i % 2 == 1) {
                        throw new IllegalStateException("odd");
                      }
                    },
                    way.options),
        list(0, err(IllegalStateException.class), 2, err(IllegalStateException.class), 4));
  }

  @Case("L-063")
  void more_concurrency_than_records_does_no_harm() {
    int[][] sizes = {{16, 0}, {1, 0}, {16, 1}, {16, 15}, {16, 16}};
    for (int[] size : sizes) {
      List<Integer> source = ints(0, size[1]);
      gives(
          Pipeline.over(source).map(String::valueOf, concurrency(size[0])),
          source.stream().map(String::valueOf).toList());
    }
  }

  @Case("L-065")
  void the_time_is_divided_by_the_concurrency() throws Exception {
    Timed.holds(MapTest::timesAtConcurrencies);
  }

  private static void timesAtConcurrencies() {
    int records = 24;
    long each = 25;
    for (int c : new int[] {1, 2, 4}) {
      long start = System.nanoTime();
      List<Integer> out =
          Pipeline.over(ints(0, records))
              .map(
                  i -> {
                    Thread.sleep(each);
                    return i;
                  },
                  concurrency(c))
              .toList();
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertThat(out).isEqualTo(ints(0, records));
      assertThat(millis)
          .as("milliseconds at concurrency %s", c)
          .isBetween(records * each / c - 2, records * each / c * 2 + 200);
    }
  }

  @Case("L-066")
  void a_step_goes_on_after_each_failure() {
    holds(
        way ->
            Pipeline.over(INTS)
                .map(
                    i -> {
                      if (i % 2 == 1) {
                        throw new Exception("odd: " + i);
                      }
                      return i;
                    },
                    way.options)
                .catching(Exception.class)
                .skip(),
        INTS.stream().filter(i -> i % 2 == 0).toList());
  }

  @Case({"L-068", "P-070"})
  void the_end_of_some_iteration_in_user_code_is_a_failure_and_not_the_end() {
    holds(
        way ->
            Pipeline.over(ints(0, 5))
                .map(
                    i -> {
                      if (i == 2) {
                        return List.<Integer>of().iterator().next();
                      }
                      return i;
                    },
                    way.options),
        list(0, 1, err(NoSuchElementException.class), 3, 4));
  }

  @Case("R-069")
  void map_to_text() {
    holds(
        way -> Pipeline.range(0, 10).map(String::valueOf, way.options),
        ints(0, 10).stream().map(String::valueOf).toList());
  }

  @Case("P-071")
  void a_ready_result_is_not_withheld_by_a_slow_source() {
    for (CallOptions options : List.of(concurrency(4), concurrency(4).unordered())) {
      LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(7));
      try (RecordIterator<Integer> records =
          Pipeline.queue(queue).map(i -> i + 1, options).iterator()) {
        assertThat(records.next()).isEqualTo(8);
        queue.add(8);
        assertThat(records.next()).isEqualTo(9);
      }
    }
  }

  @Case("P-072")
  void the_first_result_of_a_paced_source_comes_at_once() {
    for (CallOptions options : List.of(concurrency(8), concurrency(8).unordered())) {
      long start = System.nanoTime();
      try (RecordIterator<Long> records =
          Pipeline.range(0, 20)
              .throttle(per(1, Duration.ofSeconds(1)))
              .map(i -> i, options)
              .iterator()) {
        assertThat(records.next()).isZero();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Case("P-073")
  void closing_early_interrupts_the_calls_in_flight() throws Exception {
    for (Way way : List.of(Way.ORDERED, Way.UNORDERED)) {
      AtomicInteger started = new AtomicInteger();
      AtomicInteger interrupted = new AtomicInteger();
      long start = System.nanoTime();
      try (RecordIterator<Long> records =
          Pipeline.range(0, 100)
              .map(
                  i -> {
                    if (i == 0) {
                      return i;
                    }
                    started.incrementAndGet();
                    try {
                      Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                      interrupted.incrementAndGet();
                      throw e;
                    }
                    return i;
                  },
                  way.options.concurrency(8))
              .iterator()) {
        assertThat(records.next()).isZero();
        Counted.until(started, 8);
      }
      assertThat(interrupted).as("%s", way).hasValue(8);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Case("P-074")
  void one_slow_record_does_not_idle_the_other_workers() {
    CountDownLatch others = new CountDownLatch(50);
    assertThat(
            Pipeline.over(ints(0, 51))
                .map(
                    i -> {
                      if (i == 0) {
                        others.await();
                      } else {
                        others.countDown();
                      }
                      return i;
                    },
                    concurrency(2))
                .toList())
        .isEqualTo(ints(0, 51));
  }

  @Case("P-075")
  void an_error_in_a_worker_ends_the_run_at_once() {
    for (Way way : Way.values()) {
      AssertionError fatal = new AssertionError("fatal");
      CountDownLatch busy = new CountDownLatch(way == Way.SEQUENTIAL ? 0 : 1);
      assertThatThrownBy(() ->
              Pipeline.over(ints(0, 100))
                  .map(
                      i -> {
                        if (i == 1) {
                          busy.await();
                          throw fatal;
                        }
                        if (i == 2) {
                          busy.countDown();
                          Thread.sleep(60_000);
                        }
                        return i;
                      },
                      way.options)
                  .catching(Exception.class)
                  .skip()
                  .run())
          .as("%s", way)
          .isSameAs(fatal);
    }
  }

  @Case("P-076")
  void pulling_goes_on_after_a_failure() {
    holds(
        way -> Pipeline.over(letters("01-2")).map(Integer::parseInt, way.options),
        list(0, 1, err(NumberFormatException.class), 2));
  }

  @Case("P-077")
  void a_failure_knows_its_record_its_place_and_its_step() {
    for (Way way : Way.values()) {
      List<Failure> failures = new ArrayList<>();
      Pipeline.over(letters("01-2-"))
          .map(Integer::parseInt, way.options)
          .catching(NumberFormatException.class)
          .onFailure(failures::add)
          .skip()
          .run();
      failures.sort((a, b) -> Long.compare(a.index(), b.index()));
      assertThat(failures).extracting(Failure::record).containsExactly("-", "-");
      assertThat(failures).extracting(Failure::index).containsExactly(2L, 4L);
      assertThat(failures).extracting(Failure::attempts).containsOnly(1);
      assertThat(failures).allMatch(f -> f.step().contains("Integer::parseInt"));
      assertThatThrownBy(
              () -> Pipeline.over(letters("01-2")).map(Integer::parseInt, way.options).run())
          .isExactlyInstanceOf(NumberFormatException.class)
          .satisfies(e -> {
            FailedAt note =
                (FailedAt)
                    List.of(e.getSuppressed()).stream()
                        .filter(FailedAt.class::isInstance)
                        .findFirst()
                        .orElseThrow();
            assertThat(note.failure().record()).isEqualTo("-");
            assertThat(note.failure().index()).isEqualTo(2);
            assertThat(note).hasMessageContaining("Integer::parseInt").hasMessageContaining("2");
          });
    }
  }
}
