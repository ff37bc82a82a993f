package dev.penstock.junit;

import static dev.penstock.flow.Flows.artifact;
import static dev.penstock.flow.Flows.ask;
import static dev.penstock.flow.Flows.log;
import static dev.penstock.flow.Flows.subflow;
import static dev.penstock.flow.Flows.task;
import static dev.penstock.flow.Flows.transaction;
import static dev.penstock.flow.Flows.variable;
import static dev.penstock.flow.Flows.waitFor;
import static dev.penstock.pipeline.Steps.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.flow.DataInterval;
import dev.penstock.flow.Default;
import dev.penstock.flow.Flow;
import dev.penstock.flow.ParametersRefused;
import dev.penstock.flow.Task;
import dev.penstock.flow.engine.Submitted;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.state.StateName;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users do with flows in their tests, done here with a flow that notes what is called.
@FlowTest
class TestFlowsTest {
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final Shop shop = new Shop(called);

  /// Flows that note what they call.
  static final class Shop {
    private final List<String> called;
    private int failures;
    private boolean there;

    Shop(List<String> called) {
      this.called = called;
    }

    @Flow
    int sum(@Default("3") int articles) {
      int sum = 0;
      for (int article = 1; article <= articles; article++) {
        sum += task("price").call(this::price, article);
      }
      log.info("sum {}", sum);
      return sum;
    }

    int price(int article) {
      called.add("price " + article);
      return article * 100;
    }

    @Flow
    void slow() {
      task("stumble").retry(times(2).every(Duration.ofMinutes(10))).run(this::stumble);
    }

    void stumble() throws IOException {
      called.add("stumble");
      if (failures++ < 2) {
        throw new IOException("for a moment");
      }
    }

    @Flow
    String waiting() {
      return waitFor("it is there", Duration.ofMinutes(1), Duration.ofHours(1), this::look);
    }

    Optional<String> look() {
      called.add("look");
      return there ? Optional.of("found") : Optional.empty();
    }

    @Flow
    boolean asking() {
      return ask("Go on?", Duration.ofDays(1), Boolean.class);
    }

    @Flow
    void daily(DataInterval interval) {
      called.add(interval.from() + "/" + interval.to());
    }

    @Flow
    int several() {
      Submitted<Integer> first = task("price").submit(this::price, 1);
      Submitted<Integer> second = task("price").submit(this::price, 2);
      return first.result() + second.result() + subflow(this::sum, 1);
    }

    @Flow
    String named() {
      artifact("note").markdown("seen");
      return variable("color").text();
    }

    @Flow
    void booking() {
      transaction(() -> {
        task("price").<Integer>onRollback(_ -> called.add("undone")).call(this::price, 1);
        task("price").call(this::price, 2);
        return null;
      });
    }
  }

  @Test
  void aRunTellsWhatItReturnedAndWhereItsTasksAre(TestFlows flows) {
    TestRun run = flows.of(shop, "sum").run("articles=2");
    assertThat(run.result(Integer.class)).isEqualTo(300);
    assertThat(run.tasks())
        .containsExactly(
            entry("price-0", StateName.COMPLETED), entry("price-1", StateName.COMPLETED));
    assertThat(run.log()).contains("INFO    | sum 300", "INFO    | Finished in state Completed()");
  }

  @Test
  void parametersHaveTheirDefaultsAndAreChecked(TestFlows flows) {
    assertThat(flows.of(shop, "sum").run().result(Integer.class)).isEqualTo(600);
    assertThatThrownBy(() -> flows.of(shop, "sum").run("article=2"))
        .isInstanceOf(ParametersRefused.class)
        .hasMessageContaining("\"article\" is unknown; did you mean \"articles\"?");
    assertThatThrownBy(() -> flows.of(shop))
        .hasMessageStartingWith("Shop has 8 flows: say which; there are: asking, booking,");
  }

  @Test
  void timeLeapsOverThePausesOfARun(TestFlows flows) {
    Instant before = flows.now();
    TestRun run = flows.of(shop, "slow").run().completed();
    assertThat(called).hasSize(3);
    assertThat(flows.now()).isEqualTo(before.plus(Duration.ofMinutes(20)));
    assertThat(run.history("stumble-0"))
        .containsExactly(
            StateName.RUNNING,
            StateName.AWAITING_RETRY,
            StateName.RETRYING,
            StateName.AWAITING_RETRY,
            StateName.RETRYING,
            StateName.COMPLETED);
  }

  @Test
  void timeThatStandsStillIsLetPass(TestFlows flows) {
    TestRun run = flows.of(shop, "slow").start();
    run.await("stumble-0", StateName.AWAITING_RETRY);
    flows.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(called).hasSize(1);
    flows.advance(Duration.ofMillis(1));
    run.await(() -> called.size() == 2).await("stumble-0", StateName.AWAITING_RETRY);
    flows.advance(Duration.ofMinutes(10));
    run.await(StateName.COMPLETED);
    assertThat(called).hasSize(3);
  }

  @Test
  void aSensorLooksAgainWhenItsTimeHasCome(TestFlows flows) {
    TestRun run = flows.of(shop, "waiting").start().await(StateName.SUSPENDED);
    assertThat(called).containsExactly("look");
    shop.there = true;
    flows.advance(Duration.ofMinutes(1));
    assertThat(run.await(StateName.COMPLETED).result(String.class)).isEqualTo("found");
    assertThat(called).hasSize(2);
  }

  @Test
  void whatNeverComesIsWaitedForNoLongerThanItSays(TestFlows flows) {
    TestRun run = flows.of(shop, "waiting").run();
    assertThat(run.state()).isEqualTo(StateName.FAILED);
    assertThat(run.failure().orElseThrow()).hasMessageContaining("it is there");
    assertThatThrownBy(run::completed)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("should be Completed:\nflow run '")
        .hasMessageContaining("  wait-0 Failed");
  }

  @Test
  void aQuestionIsAnswered(TestFlows flows) {
    TestRun run = flows.of(shop, "asking").run();
    assertThat(run.state()).isEqualTo(StateName.PAUSED);
    assertThat(run.answer(true).result(Boolean.class)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void finishedTasksAreNotRunAgainAfterACrash(int tasks, TestFlows flows) {
    TestRun run = flows.of(shop, "sum").crashAfter(tasks).run();
    assertThat(run.crashed()).isTrue();
    assertThat(run.state()).isEqualTo(StateName.RUNNING);
    assertThat(called).hasSize(tasks);
    assertThat(run.takeOver().result(Integer.class)).isEqualTo(600);
    assertThat(called).containsExactly("price 1", "price 2", "price 3");
    assertThatThrownBy(run::takeOver).hasMessageStartingWith("its process has not crashed");
  }

  @Test
  void aPauseThatACrashInterruptsGoesOnAfterIt(TestFlows flows) {
    TestRun run = flows.of(shop, "slow").start().await("stumble-0", StateName.AWAITING_RETRY);
    assertThatThrownBy(flows::crash).isInstanceOf(Crash.class);
    flows.advance(Duration.ofHours(1));
    run.awaitCrash().takeOver().completed();
    assertThat(called).hasSize(3);
  }

  @Test
  void aCrashTakesNothingBack(TestFlows flows) {
    TestRun run = flows.of(shop, "booking").crashAfter(1).run();
    assertThat(run.takeOver().state()).isEqualTo(StateName.COMPLETED);
    assertThat(called).containsExactly("price 1", "price 2");
  }

  @Test
  void submittedTasksAndSubflowsAreRunToo(TestFlows flows) {
    TestRun run = flows.of(shop, "several").run();
    assertThat(run.result(Integer.class)).isEqualTo(400);
    assertThat(run.tasks().keySet()).containsExactly("price-0", "price-1", "sum-0");
  }

  @Test
  void aScheduleRunsAtItsTicks(TestFlows flows) {
    flows.of(shop, "daily").schedule(Schedule.cron("0 6 * * *", ZoneOffset.UTC));
    assertThat(flows.advance(Duration.ofHours(5))).isEmpty();
    List<TestRun> runs = flows.advance(Duration.ofDays(2));
    assertThat(runs).hasSize(2).allSatisfy(TestRun::completed);
    assertThat(called)
        .containsExactly(
            "2025-12-31T06:00:00Z/2026-01-01T06:00:00Z",
            "2026-01-01T06:00:00Z/2026-01-02T06:00:00Z");
    assertThat(flows.now()).isEqualTo(Instant.parse("2026-01-03T05:00:00Z"));
  }

  @Test
  void variablesAreThoseOfTheTest(TestFlows flows) {
    flows.store().variables().set("color", "\"green\"", List.of());
    assertThat(flows.of(shop, "named").run().result(String.class)).isEqualTo("green");
  }

  /// A flow whose pipeline commits every 100,000 records.
  record Load(MemoryTable<Integer> table, Runnable middle, List<Integer> read) {
    @Flow
    void load() {
      Task load = task("load");
      load.pipeline(
          Pipeline.from(MemorySource.of(IntStream.range(0, 250_000).boxed().toList()))
              .tap(number -> {
                read.add(number);
                if (number == 150_000) {
                  middle.run();
                }
              })
              .to(table));
    }
  }

  @Test
  void aPipelineGoesOnFromItsLastCommit(TestFlows flows) {
    MemoryTable<Integer> table = new MemoryTable<>("numbers");
    List<Integer> read = new ArrayList<>();
    boolean[] crashed = {false};
    Runnable once =
        () -> {
          if (!crashed[0]) {
            crashed[0] = true;
            flows.crash();
          }
        };
    TestRun run = flows.of(new Load(table, once, read)).run();
    assertThat(run.crashed()).isTrue();
    assertThat(table.content()).hasSize(100_000);
    run.takeOver().completed();
    assertThat(table.content()).hasSize(250_000).doesNotHaveDuplicates();
    assertThat(read.get(150_001)).isEqualTo(100_000);
  }
}
