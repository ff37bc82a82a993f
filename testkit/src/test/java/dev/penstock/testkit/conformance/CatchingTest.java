package dev.penstock.testkit.conformance;

import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.holdsInOrder;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.inverse;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Supply;
import dev.penstock.pipeline.run.SourceFailed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

class CatchingTest {

  private static final class TestError extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static Pipeline<Integer> parsed(String text, Way way) {
    return Pipeline.over(letters(text)).map(Integer::parseInt, way.options);
  }

  private static Pipeline<Integer> inverted(String text, Way way) {
    return parsed(text, way).tap(i -> inverse(i), way.options);
  }

  @Case("A-100")
  void without_failures_everything_passes() {
    holds(way -> way.through(Pipeline.over(INTS)).catching(Exception.class).skip(), INTS);
  }

  @Case("A-101")
  void a_failure_is_skipped() {
    holds(
        way -> parsed("12-34", way).catching(NumberFormatException.class).skip(),
        List.of(1, 2, 3, 4));
  }

  @Case("A-102")
  void other_failures_are_thrown_and_pulling_goes_on() {
    holds(
        way -> inverted("1-2034", way).catching(NumberFormatException.class).skip(),
        list(1, 2, err(ArithmeticException.class), 3, 4));
  }

  @Case("A-104")
  void catchings_follow_each_other() {
    holds(
        way ->
            inverted("1-2034", way)
                .catching(NumberFormatException.class)
                .skip()
                .catching(ArithmeticException.class)
                .skip(),
        List.of(1, 2, 3, 4));
  }

  @Case("A-105")
  void one_catching_takes_several_types() {
    holds(
        way ->
            inverted("1-2034", way)
                .catching(NumberFormatException.class, ArithmeticException.class)
                .skip(),
        List.of(1, 2, 3, 4));
  }

  @Case("A-106")
  void a_condition_decides_which_failures_are_taken() {
    holds(
        way ->
            Pipeline.of("0", "NaN", "1", "-", "2")
                .map(Integer::parseInt, way.options)
                .catching(NumberFormatException.class)
                .when(f -> f.cause().getMessage().contains("NaN"))
                .skip(),
        list(0, 1, err(NumberFormatException.class), 2));
  }

  @Case("A-107")
  void null_is_a_legal_replacement() {
    holds(
        way -> parsed("1-23", way).catching(NumberFormatException.class).replaceWith(f -> null),
        list(1, null, 2, 3));
  }

  @Case("A-108")
  void something_is_done_with_each_failure() {
    for (Way way : Way.values()) {
      List<Failure> errors = Collections.synchronizedList(new ArrayList<>());
      List<Integer> out =
          inverted("1023", way)
              .catching(ArithmeticException.class)
              .onFailure(errors::add)
              .skip()
              .toList();
      assertThat(out).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(errors).hasSize(1);
    }
  }

  @Case("A-110")
  void a_replacement_that_throws_is_the_new_failure() {
    holds(
        way ->
            inverted("01010", way)
                .catching(ArithmeticException.class)
                .replaceWith(f -> {
                  throw new TestError();
                })
                .catching(TestError.class)
                .replaceWith(f -> null),
        list(null, 1, null, 1, null));
  }

  @Case("A-111")
  void conditions_actions_and_replacements_mix() {
    for (boolean async : new boolean[] {false, true}) {
      for (Way way : Way.values()) {
        List<Failure> errors = Collections.synchronizedList(new ArrayList<>());
        List<Integer> out =
            inverted("01010", way)
                .catching(ArithmeticException.class)
                .when(f -> !async || CompletableFuture.completedFuture(true).get())
                .onFailure(errors::add)
                .replaceWith(
                    async
                        ? Steps.async(f -> CompletableFuture.<Integer>completedFuture(null))
                        : f -> null)
                .toList();
        assertThat(out).containsExactlyInAnyOrder(null, 1, null, 1, null);
        assertThat(errors).hasSize(3);
      }
    }
  }

  @Case("A-112")
  void stop_ends_the_pipeline() {
    holdsInOrder(
        way -> parsed("01-3", way).catching(NumberFormatException.class).stop(), List.of(0, 1));
  }

  @Case("A-113")
  void stop_does_not_end_it_for_failures_that_are_not_taken() {
    holds(
        way ->
            parsed("01-3", way)
                .catching(NumberFormatException.class)
                .when(f -> false)
                .stop()
                .catching(NumberFormatException.class)
                .skip(),
        List.of(0, 1, 3));
  }

  @Case("A-118")
  void the_action_comes_before_the_replacement() {
    for (Way way : Way.values()) {
      List<Failure> errors = Collections.synchronizedList(new ArrayList<>());
      assertThat(
              parsed("-", way)
                  .catching(NumberFormatException.class)
                  .onFailure(errors::add)
                  .replaceWith(f -> errors.size())
                  .toList())
          .containsExactly(1);
    }
  }

  @Case("A-119")
  void the_action_comes_after_the_condition() {
    for (Way way : Way.values()) {
      List<Failure> errors = Collections.synchronizedList(new ArrayList<>());
      assertThatThrownBy(() ->
              parsed("-", way)
                  .catching(NumberFormatException.class)
                  .when(f -> false)
                  .onFailure(errors::add)
                  .skip()
                  .run())
          .isInstanceOf(NumberFormatException.class);
      assertThat(errors).isEmpty();
    }
  }

  @Case("L-120")
  void fail_at_end_throws_the_first_failure_after_the_last_record() {
    List<Supply<Integer>> calls =
        List.of(
            () -> {
              throw new TestError();
            },
            () -> {
              throw new ClassCastException("second");
            },
            () -> 1,
            () -> 2,
            () -> {
              throw new IllegalArgumentException("third");
            },
            () -> 3,
            () -> {
              throw new ArithmeticException("fourth");
            });
    holdsInOrder(
        way ->
            Pipeline.over(calls)
                .map(Supply::get, way.options)
                .catching(Exception.class)
                .failAtEnd(),
        list(1, 2, 3, err(TestError.class)));
    for (Way way : Way.values()) {
      List<Integer> seen = new ArrayList<>();
      assertThatThrownBy(() ->
              Pipeline.over(calls)
                  .map(Supply::get, way.options)
                  .catching(Exception.class)
                  .failAtEnd()
                  .forEach(seen::add))
          .satisfies(first -> {
            if (way.keepsOrder()) {
              assertThat(first).isInstanceOf(TestError.class);
            }
            assertThat(first.getSuppressed()).hasSizeGreaterThanOrEqualTo(3);
          });
      assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    }
  }

  @Case("L-122")
  void fail_at_end_without_failures_is_a_good_end() {
    holds(way -> way.through(Pipeline.over(INTS)).catching(Exception.class).failAtEnd(), INTS);
  }

  @Case("L-123")
  void catching_nothing_is_refused_and_every_exception_can_be_caught() {
    assertThatThrownBy(() -> Pipeline.of(1).catching().skip())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("catching needs at least one exception type");
    holds(
        way ->
            Pipeline.of(1, 2, 3)
                .map(
                    i -> {
                      if (i == 2) {
                        throw new TestError();
                      }
                      return i;
                    },
                    way.options)
                .catching(Exception.class)
                .skip(),
        List.of(1, 3));
  }

  @Case("L-125")
  void a_failure_is_replaced() {
    double inf = Double.POSITIVE_INFINITY;
    holds(
        way ->
            Pipeline.of(0, 1, 2, 4)
                .map(i -> inverse(i), way.options)
                .catching(ArithmeticException.class)
                .replaceWith(f -> inf),
        List.of(inf, 1.0, 0.5, 0.25));
    holds(
        way ->
            Pipeline.of(0, 1, 2, 4)
                .map(i -> inverse(i), way.options)
                .catching(ArithmeticException.class)
                .replaceWith(f -> null),
        list(null, 1.0, 0.5, 0.25));
  }

  @Case("R-126")
  void the_examples() {
    List<Double> rounded = List.of(1.0, 0.5, 0.33, 0.25, 0.2, 0.17, 0.14, 0.13, 0.11);
    holds(way -> rounded(way).catching(ArithmeticException.class).skip(), rounded);
    List<Double> infinite = new ArrayList<>(rounded);
    infinite.addFirst(Double.POSITIVE_INFINITY);
    holds(
        way ->
            rounded(way)
                .catching(ArithmeticException.class)
                .replaceWith(f -> Double.POSITIVE_INFINITY),
        infinite);
    holdsInOrder(way -> rounded(way).catching(ArithmeticException.class).stop(), List.of());
  }

  private static Pipeline<Double> rounded(Way way) {
    return Pipeline.over(ints(0, 10)).map(i -> Math.round(inverse(i) * 100) / 100.0, way.options);
  }

  @Case("P-127")
  void a_source_that_only_fails_ends_the_run() {
    for (Way way : Way.values()) {
      AtomicInteger calls = new AtomicInteger();
      Pipeline<Object> failing =
          Pipeline.generate(() -> {
            calls.incrementAndGet();
            throw new IllegalStateException("gone");
          });
      assertThatThrownBy(() -> way.through(failing).catching(Exception.class).skip().run())
          .isInstanceOf(SourceFailed.class)
          .hasRootCauseMessage("gone");
      assertThat(calls.get()).isBetween(16, 17);
    }
  }
}
