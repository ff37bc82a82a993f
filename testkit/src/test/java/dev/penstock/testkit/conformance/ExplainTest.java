package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.perSecond;
import static dev.penstock.pipeline.Steps.retry;
import static dev.penstock.pipeline.Steps.upTo;
import static dev.penstock.pipeline.Steps.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExplainTest {

  @Case("A-040")
  void a_source() {
    assertThat(Pipeline.of(0)).hasToString("Pipeline.over([0])");
    assertThat(Pipeline.of(0).explain()).isEqualTo("Pipeline.over([0])");
  }

  @Case("A-041")
  void one_step() {
    assertThat(Pipeline.of(0).skip(10).explain()).isEqualTo("Pipeline.over([0]).skip(10)");
  }

  @Case("A-042")
  void two_steps_in_one_line() {
    assertThat(Pipeline.of(0).skip(10).skip(10).explain())
        .isEqualTo("Pipeline.over([0]).skip(10).skip(10)");
  }

  @Case("A-043")
  void more_than_80_columns_are_one_step_a_line() {
    Pipeline<Integer> pipeline = Pipeline.of(0);
    for (int i = 0; i < 10; i++) {
      pipeline = pipeline.skip(10);
    }
    String start = "Pipeline.over([0])";
    assertThat(pipeline.explain()).isEqualTo(start + "\n    .skip(10)".repeat(10));
    Pipeline<Integer> fits = Pipeline.of(0);
    while (fits.skip(100).explain().indexOf('\n') < 0) {
      fits = fits.skip(100);
    }
    assertThat(fits.explain().length()).isBetween(70, 80);
  }

  @Case("A-044")
  void every_step_is_shown_with_its_settings_and_functions_by_name() {
    Pipeline<Integer> s = Pipeline.of(0);
    List<Pipeline<?>> steps =
        List.of(
            s.buffer(3),
            s.catching(IllegalStateException.class).replaceWith(f -> 0),
            s.catching(IllegalStateException.class, ArithmeticException.class)
                .when(f -> true)
                .onFailure(f -> {})
                .skip(),
            s.catching(Exception.class).stop(),
            s.catching(Exception.class).failAtEnd(),
            s.tap(i -> {}),
            s.filter(ExplainTest::isOdd),
            s.flatMap(List::of, concurrency(4)),
            s.batchBy(ExplainTest::isOdd, upTo(100)),
            s.batch(100, within(Duration.ofSeconds(2))),
            s.map(String::valueOf, concurrency(2).unordered()),
            s.observe("ints", Observation.every(10)),
            s.skip(4),
            s.dropWhile(ExplainTest::isOdd),
            s.takeWhile(ExplainTest::isOdd),
            s.throttle(perSecond(64)),
            s.concat(Pipeline.of(1)));
    assertThat(steps.stream().map(Pipeline::explain))
        .containsExactly(
            "Pipeline.over([0]).buffer(3)",
            "Pipeline.over([0]).catching(IllegalStateException).replaceWith(<lambda>)",
            "Pipeline.over([0])\n    .catching(IllegalStateException, ArithmeticException)"
                + ".when(<lambda>).onFailure(<lambda>).skip()",
            "Pipeline.over([0]).catching(Exception).stop()",
            "Pipeline.over([0]).catching(Exception).failAtEnd()",
            "Pipeline.over([0]).tap(<lambda>)",
            "Pipeline.over([0]).filter(ExplainTest::isOdd)",
            "Pipeline.over([0]).flatMap(List::of, concurrency 4)",
            "Pipeline.over([0]).batchBy(ExplainTest::isOdd, 100)",
            "Pipeline.over([0]).batch(100, within 2s)",
            "Pipeline.over([0]).map(String::valueOf, concurrency 2, unordered)",
            "Pipeline.over([0]).observe(\"ints\", every 10)",
            "Pipeline.over([0]).skip(4)",
            "Pipeline.over([0]).dropWhile(ExplainTest::isOdd)",
            "Pipeline.over([0]).takeWhile(ExplainTest::isOdd)",
            "Pipeline.over([0]).throttle(64/1s)",
            "Pipeline.concat(Pipeline.over([0]), Pipeline.over([1]))");
  }

  @Test
  void captured_things_that_can_be_changed_are_warned_of_at_their_steps() {
    List<Integer> seen = new ArrayList<>();
    Map<Integer, String> names = new HashMap<>();
    int[] count = {0};
    AtomicLong sum = new AtomicLong();
    Pipeline<Integer> pipeline =
        Pipeline.of(1, 2)
            .tap(seen::add)
            .tap(i -> count[0] += names.size())
            .filter(Check.not(i -> seen.contains(i)))
            .map(i -> i, retry(Retry.times(3).when(_ -> sum.get() > 0)))
            .catching(Exception.class)
            .onFailure(_ -> seen.clear())
            .skip();
    String copy =
        " captures what can be changed (%s): a process that the plan is shipped to works on a copy";
    assertThat(Explain.warnings(pipeline.plan()))
        .containsExactly(
            "tap(List::add)" + copy.formatted("ArrayList"),
            "tap(<lambda>)" + copy.formatted("int[], HashMap"),
            "filter(<lambda>)" + copy.formatted("ArrayList"),
            "map(<lambda>, retry 3 times)" + copy.formatted("AtomicLong"),
            "catching(Exception).onFailure(<lambda>).skip()" + copy.formatted("ArrayList"));
    assertThat(pipeline.explain())
        .startsWith(pipeline.toString() + "\nwarning: tap(List::add) captures")
        .contains("HashMap");
    assertThat(pipeline.toString()).doesNotContain("warning");
    assertThat(Pipeline.of(0).concat(Pipeline.of(1).filter(seen::contains)).explain())
        .contains("warning: filter(");
  }

  @Test
  void captured_things_that_cannot_be_changed_are_not_warned_of() {
    List<Integer> listed = List.of(1, 2);
    Map<Integer, String> none = Collections.emptyMap();
    List<Integer> view = Collections.unmodifiableList(new ArrayList<>(listed));
    String text = "text";
    assertThat(
            Pipeline.of(1, 2)
                .filter(listed::contains)
                .map(i -> none.get(i) + text + view.size())
                .explain())
        .doesNotContain("warning");
  }

  private static boolean isOdd(int i) {
    return i % 2 != 0;
  }
}
