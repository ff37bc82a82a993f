package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.per;
import static dev.penstock.pipeline.Steps.upTo;
import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Observed;
import dev.penstock.pipeline.plan.Step;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class ConstructionTest {
  private static final Fn<Integer, Integer> F = x -> x + 1;
  private static final Fn<Integer, Integer> G = x -> x + 2;
  private static final Fn<Integer, List<Integer>> LIST_F = x -> List.of(x);
  private static final Fn<Integer, List<Integer>> LIST_G = x -> List.of(x, x);
  private static final Check<Integer> P = x -> x > 1;
  private static final Check<Integer> Q = x -> x > 2;
  private static final Action<Integer> DO = x -> {};
  private static final Action<Integer> DO_OTHER = x -> {};
  private static final Check<Failure> WHEN = f -> true;
  private static final Action<Failure> ON = f -> {};
  private static final Fn<Failure, Integer> WITH = f -> 0;
  private static final Action<Observed> SEEN = o -> {};

  private static final class Empty extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Case("A-001")
  void the_source_is_the_object_itself_below_every_step() {
    Pipeline<Integer> source = Pipeline.over(INTS);
    assertThat(((Step.Over) source.plan()).items()).isSameAs(INTS);
    assertThat(source.plan().upstreams()).isEmpty();
    Step observed = source.observe("ints").plan();
    assertThat(((Step.Over) observed.upstreams().getFirst()).items()).isSameAs(INTS);
  }

  @Case("A-002")
  void nothing_of_a_pipeline_can_be_assigned() {
    for (Class<?> type : parts(Step.class)) {
      assertThat(type.isRecord()).as("%s is a record", type).isTrue();
    }
    for (Field field : Pipeline.class.getDeclaredFields()) {
      assertThat(Modifier.isFinal(field.getModifiers())).as("%s is final", field).isTrue();
    }
    Pipeline<Integer> ints = Pipeline.over(INTS);
    Step before = ints.plan();
    ints.map(F).skip(3);
    assertThat(ints.plan()).isSameAs(before);
  }

  @Case("A-007")
  void a_source_that_is_none_is_refused_at_declaration() {
    assertThatThrownBy(() -> Pipeline.over(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("items");
    assertThatThrownBy(() -> Pipeline.over(Path.of("taxi.csv")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("taxi.csv");
  }

  @Case("A-008")
  void a_queue_ends_by_a_caught_failure_or_by_its_idle_time() {
    for (int i = 0; i < 3; i++) {
      LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>(ints(0, 10));
      List<Integer> taken =
          Pipeline.<Integer>generate(
                  () -> {
                    Integer next = queue.poll(50, TimeUnit.MILLISECONDS);
                    if (next == null) {
                      throw new Empty();
                    }
                    return next;
                  })
              .catching(Empty.class)
              .stop()
              .toList();
      assertThat(taken).isEqualTo(ints(0, 10));
    }
    LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>(ints(0, 10));
    assertThat(Pipeline.queue(queue, Duration.ofMillis(50)).toList()).isEqualTo(ints(0, 10));
  }

  @Case("A-010")
  void a_pipeline_can_be_read_again() {
    Pipeline<Integer> ints = Pipeline.over(INTS);
    for (int i = 0; i < 2; i++) {
      assertThat(ints.toList()).isEqualTo(INTS);
    }
    gives(ints, INTS);
    holds(way -> way.through(ints), INTS);
  }

  @Case("A-014")
  void pipelines_with_equal_sources_are_equal() {
    assertThat(Pipeline.range(0, 9)).isEqualTo(Pipeline.range(0, 9));
    assertThat(Pipeline.range(0, 9)).hasSameHashCodeAs(Pipeline.range(0, 9));
    assertThat(Pipeline.range(0, 9)).isNotEqualTo(Pipeline.range(0, 10));
    assertThat(Pipeline.range(0, 9).equals((Object) "")).isFalse();
  }

  @Case("A-015")
  void any_changed_setting_makes_another_pipeline() {
    List<Pipeline<?>> once = everyStep();
    List<Pipeline<?>> again = everyStep();
    for (int i = 0; i < once.size(); i++) {
      for (int j = 0; j < again.size(); j++) {
        assertThat(once.get(i).equals(again.get(j)))
            .as("%s equals %s", once.get(i), again.get(j))
            .isEqualTo(i == j);
      }
      assertThat(once.get(i)).hasSameHashCodeAs(again.get(i));
    }
  }

  private static List<Pipeline<?>> everyStep() {
    Pipeline<Integer> s = Pipeline.over(INTS);
    return List.of(
        s,
        s.buffer(1),
        s.buffer(2),
        s.catching(IllegalStateException.class).skip(),
        s.catching(ArithmeticException.class).skip(),
        s.catching(IllegalStateException.class, ArithmeticException.class).skip(),
        s.catching(IllegalStateException.class).when(WHEN).skip(),
        s.catching(IllegalStateException.class).onFailure(ON).skip(),
        s.catching(IllegalStateException.class).replaceWith(WITH),
        s.catching(IllegalStateException.class).stop(),
        s.catching(IllegalStateException.class).failAtEnd(),
        s.filter(P),
        s.filter(Q),
        s.flatMap(LIST_F),
        s.flatMap(LIST_G),
        s.flatMap(LIST_F, concurrency(2)),
        s.tap(DO),
        s.tap(DO_OTHER),
        s.tap(DO, concurrency(2)),
        s.tap(DO, concurrency(2).unordered()),
        s.batch(1),
        s.batch(2),
        s.batch(upTo(2).within(Duration.ofSeconds(1))),
        s.batch(upTo(2).within(Duration.ofSeconds(2))),
        s.batchBy(F, upTo(2)),
        s.batchBy(G, upTo(2)),
        s.map(F),
        s.map(G),
        s.map(F, concurrency(2)),
        s.map(F, concurrency(3)),
        s.map(F, concurrency(2).unordered()),
        s.map(F, concurrency(2).window(4)),
        s.observe("a"),
        s.observe("b"),
        s.observe("a", Observation.every(2)),
        s.observe("a", Observation.every(Duration.ofSeconds(2))),
        s.observe("a", Observation.every(2).to(SEEN)),
        s.skip(1),
        s.skip(2),
        s.dropWhile(P),
        s.dropWhile(Q),
        s.take(1),
        s.take(2),
        s.takeWhile(P),
        s.takeWhile(Q),
        s.throttle(per(1, Duration.ofSeconds(1))),
        s.throttle(per(2, Duration.ofSeconds(1))),
        s.throttle(per(2, Duration.ofSeconds(2))),
        s.window(2),
        s.window(2, 1),
        s.distinct(1),
        s.errorBudget(1),
        s.errorBudget(2),
        s.concat(s),
        s.merge(s),
        s.concat(s, s));
  }

  @Case("A-022")
  void pipe_applies_a_function_to_the_pipeline() {
    Pipeline<Integer> ints = Pipeline.over(INTS);
    assertThat(ints.pipe(p -> p.catching(IllegalStateException.class).when(WHEN).replaceWith(WITH)))
        .isEqualTo(ints.catching(IllegalStateException.class).when(WHEN).replaceWith(WITH));
  }

  @Case("A-023")
  void concat_keeps_order() {
    List<Integer> a = ints(0, 10);
    List<Integer> b = ints(10, 20);
    List<Integer> c = ints(20, 30);
    holds(
        way ->
            way.through(Pipeline.over(a))
                .concat(way.through(Pipeline.over(b)), way.through(Pipeline.over(c))),
        ints(0, 30));
    gives(Pipeline.over(a).concat(Pipeline.over(b)).concat(Pipeline.over(c)), ints(0, 30));
    assertThat(Pipeline.over(a).concat(Pipeline.over(b), Pipeline.over(c)))
        .isEqualTo(Pipeline.over(a).concat(Pipeline.over(b), Pipeline.over(c)));
  }

  @Case("A-024")
  void concat_takes_records_of_several_types() {
    List<Object> expected = new ArrayList<>(INTS);
    INTS.forEach(i -> expected.add(String.valueOf(i)));
    holds(
        way ->
            Pipeline.<Object>over(List.copyOf(INTS))
                .concat(Pipeline.over(INTS).map(String::valueOf, way.options)),
        expected);
  }

  @Case({"A-031", "A-032"})
  void a_switch_over_the_plan_sees_every_step() {
    Step plan = Pipeline.over(INTS).map(F).tap(DO).plan();
    int depth = 0;
    for (Step at = plan; at != null; at = above(at)) {
      depth++;
    }
    assertThat(depth).isEqualTo(3);
    assertThat(Step.class.isSealed()).isTrue();
  }

  private static Step above(Step step) {
    return switch (step) {
      case Step.Origin _ -> null;
      case Step.Link link -> link.upstream();
      case Step.Junction junction -> junction.upstreams().getFirst();
    };
  }

  private static List<Class<?>> parts(Class<?> sealed) {
    Class<?>[] permitted = sealed.getPermittedSubclasses();
    if (permitted == null) {
      return List.of(sealed);
    }
    return Stream.of(permitted).flatMap(p -> parts(p).stream()).toList();
  }
}
