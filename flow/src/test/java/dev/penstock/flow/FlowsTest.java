package dev.penstock.flow;

import static dev.penstock.flow.Flows.log;
import static dev.penstock.flow.Flows.secret;
import static dev.penstock.flow.Flows.subflow;
import static dev.penstock.flow.Flows.task;
import static dev.penstock.flow.Flows.times;
import static dev.penstock.flow.Flows.transaction;
import static dev.penstock.flow.Flows.variable;
import static dev.penstock.flow.Flows.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import dev.penstock.flow.code.NotReplayable;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.NoFlowRun;
import dev.penstock.flow.engine.Submitted;
import dev.penstock.flow.engine.UpstreamFailed;
import dev.penstock.flow.state.StateName;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.MemoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What flows are written with, run by the engine of this process.
class FlowsTest {
  private static final List<String> DONE = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void forget() {
    DONE.clear();
  }

  /// The flows under test.
  static class Program {
    static int failures;

    @Flow
    int sum(int count) {
      return task("square")
          .map(IntStream.range(0, count).boxed().toList(), 4, this::square)
          .stream()
          .mapToInt(Integer::intValue)
          .sum();
    }

    int square(int n) {
      DONE.add("square " + n);
      return n * n;
    }

    @Flow
    String cached(String month) {
      return task("fetch").cacheFor(Duration.ofHours(1)).call(this::fetch, month);
    }

    String fetch(String month) {
      DONE.add("fetch " + month);
      return "file of " + month;
    }

    @Flow
    void cachedWithoutInputs() {
      task("fetch").cacheFor(Duration.ofHours(1)).call(() -> "file");
    }

    @Flow
    Path handsOnAFile(Path source) {
      return task("extract").call(this::extract, source);
    }

    Path extract(Path source) {
      return source;
    }

    @Flow
    String submits() {
      Submitted<String> first = task("fetch").submit(this::fetch, "2025-11");
      Submitted<String> second = task("fetch").after(first).submit(this::fetch, "2025-12");
      return second.result() + ", " + first.result();
    }

    @Flow
    String survivesAFailure() {
      Submitted<String> failing = task("fail").submit(this::fail).allowFailure();
      return task("fetch").after(failing).submit(this::fetch, "2025-11").result();
    }

    @Flow
    String fallsWithItsUpstream() {
      Submitted<String> failing = task("fail").submit(this::fail);
      return task("fetch").after(failing).submit(this::fetch, "2025-11").result();
    }

    String fail() throws IOException {
      throw new IOException("no such month");
    }

    @Flow
    String outer(String table) {
      return subflow(this::inner, table, 3L);
    }

    @Flow
    String inner(String table, long rows) {
      log.info("{} rows in {}", rows, table);
      return table + ":" + rows;
    }

    @Flow
    String waits() {
      return waitFor("third look", Duration.ofMillis(5), Duration.ofMinutes(1), this::look);
    }

    Optional<String> look() {
      DONE.add("look");
      return DONE.size() < 3 ? Optional.empty() : Optional.of("there");
    }

    @Flow
    void rollsBack() {
      transaction(() -> {
        task("one").<String>onRollback(what -> DONE.add("undo " + what)).call(this::fetch, "one");
        task("two").<String>onRollback(what -> DONE.add("undo " + what)).call(this::fetch, "two");
        return task("fail").call(this::fail);
      });
    }

    @Flow
    void rollsBackWhatOtherThreadsDid() {
      transaction(() -> {
        task("one")
            .<String>onRollback(what -> DONE.add("undo " + what))
            .map(List.of("a"), 2, this::fetch);
        task("two")
            .<String>onRollback(what -> DONE.add("undo " + what))
            .submit(this::fetch, "b")
            .result();
        return task("fail").call(this::fail);
      });
    }

    @Flow
    void mapsWhatFails() {
      task("odd").map(List.of(0, 1, 2, 3), 2, this::odd);
    }

    int odd(int n) throws IOException {
      if (n % 2 == 1) {
        throw new IOException("odd " + n);
      }
      return n;
    }

    @Flow
    Summary pipes() {
      return task("load").pipeline(Pipeline.range(0, 100).to(new MemoryTable<>("numbers")));
    }

    @Flow
    Object unkept() {
      return task("open").call(this::thread);
    }

    Thread thread() {
      return Thread.currentThread();
    }

    @Flow(retries = 1)
    String again() throws IOException {
      task("fetch").call(this::fetch, "2025-11");
      if (failures++ == 0) {
        throw new IOException("once");
      }
      return "done";
    }

    @Flow
    String asks() {
      return variable("region").text() + " " + secret("token").reveal().length();
    }

    @Flow
    String retried() {
      return task("flaky").retry(times(3).every(Duration.ofMillis(1))).call(this::flaky);
    }

    String flaky() throws IOException {
      DONE.add("try");
      if (DONE.size() < 3) {
        throw new IOException("not yet");
      }
      return "there";
    }
  }

  private static FlowEnd run(String flow) throws InterruptedException {
    return LocalFlows.run(Program.class, flow);
  }

  @Test
  void aTaskIsMappedOverManyInputs() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "sum", "{\"count\":10}");
    assertThat(end.result()).isEqualTo("285");
    assertThat(LocalFlows.tasks(end))
        .extracting(task -> task.key().task())
        .hasSize(10)
        .containsOnly("square");
  }

  @Test
  void whatWasDoneWithTheSameInputsIsNotDoneAgain() throws Exception {
    LocalFlows.run(Program.class, "cached", "{\"month\":\"2025-11\"}");
    FlowEnd second = LocalFlows.run(Program.class, "cached", "{\"month\":\"2025-11\"}");
    assertThat(second.result()).isEqualTo("\"file of 2025-11\"");
    assertThat(LocalFlows.tasks(second).getFirst().state().name()).isEqualTo(StateName.CACHED);
    LocalFlows.run(Program.class, "cached", "{\"month\":\"2025-12\"}");
    assertThat(DONE).containsExactly("fetch 2025-11", "fetch 2025-12");
  }

  @Test
  void aCacheWithoutInputsIsRefused() throws Exception {
    FlowEnd end = run("cachedWithoutInputs");
    assertThat(end.failure())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("task 'fetch' is cached by its inputs and has none");
  }

  @Test
  void aFileIsHandedOnByItsContents() throws Exception {
    Path file = Files.writeString(LocalFlows.HOME.resolve("trips.csv"), "a,b\n");
    FlowEnd end = LocalFlows.run(Program.class, "handsOnAFile", "{\"source\":\"" + file + "\"}");
    assertThat(end.failure()).isNull();
    String kept = LocalFlows.tasks(end).getFirst().result();
    assertThat(kept).endsWith("/trips.csv\"");
    assertThat(LocalFlows.HOME.resolve("results").resolve(kept.replace("\"", "")))
        .hasContent("a,b\n");
  }

  @Test
  void aSubmittedTaskMayComeAfterAnother() throws Exception {
    FlowEnd end = run("submits");
    assertThat(end.result()).isEqualTo("\"file of 2025-12, file of 2025-11\"");
    assertThat(DONE).containsExactly("fetch 2025-11", "fetch 2025-12");
  }

  @Test
  void aTaskThatMayFailHoldsNothingUp() throws Exception {
    assertThat(run("survivesAFailure").state().name()).isEqualTo(StateName.COMPLETED);
  }

  @Test
  void aTaskIsNotDoneWhenTheOneBeforeItHasFailed() throws Exception {
    FlowEnd end = run("fallsWithItsUpstream");
    assertThat(end.failure())
        .isInstanceOf(UpstreamFailed.class)
        .hasMessageContaining("no such month");
    assertThat(DONE).isEmpty();
  }

  @Test
  void aSubflowIsARunOfItsOwn() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "outer", "{\"table\":\"trips\"}");
    assertThat(end.result()).isEqualTo("\"trips:3\"");
    assertThat(LocalFlows.LINES).anyMatch(line -> line.endsWith("' - 3 rows in trips"));
    String child = LocalFlows.tasks(end).getFirst().key().child();
    assertThat(LocalFlows.store().flowRuns().find(child).orElseThrow().call().parameters())
        .isEqualTo("{\"table\":\"trips\",\"rows\":3}");
  }

  @Test
  void aSensorGivesItsValue() throws Exception {
    assertThat(run("waits").result()).isEqualTo("\"there\"");
    assertThat(DONE).hasSize(3);
  }

  @Test
  void aTransactionThatFailsTakesItsTasksBackTheLastOneFirst() throws Exception {
    FlowEnd end = run("rollsBack");
    assertThat(end.failure()).isInstanceOf(IOException.class).hasMessage("no such month");
    assertThat(DONE)
        .containsExactly("fetch one", "fetch two", "undo file of two", "undo file of one");
    assertThat(LocalFlows.tasks(end))
        .extracting(task -> task.state().name())
        .containsExactly(StateName.ROLLED_BACK, StateName.ROLLED_BACK, StateName.FAILED);
  }

  @Test
  void whatOtherThreadsDidIsTakenBackToo() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "rollsBackWhatOtherThreadsDid");
    assertThat(end.state().name()).isEqualTo(StateName.FAILED);
    assertThat(DONE).containsExactly("fetch a", "fetch b", "undo file of b", "undo file of a");
  }

  @Test
  void aTaskThatIsMappedGoesOnAfterFailuresAndFailsWithTheFirst() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "mapsWhatFails");
    assertThat(end.failure()).isInstanceOf(IOException.class).hasMessage("odd 1");
    assertThat(end.failure().getSuppressed()).extracting(Throwable::getMessage).contains("odd 3");
    assertThat(LocalFlows.tasks(end))
        .extracting(task -> task.state().name())
        .containsExactly(
            StateName.COMPLETED, StateName.FAILED, StateName.COMPLETED, StateName.FAILED);
  }

  @Test
  void aPipelineGivesItsFiguresToItsTask() throws Exception {
    FlowEnd end = run("pipes");
    assertThat(end.failure()).isNull();
    assertThat(LocalFlows.tasks(end).getFirst().result()).contains("\"in\":100");
    assertThat(LocalFlows.tasks(end).getFirst().summary()).contains("\"steps\":[");
  }

  @Test
  void aResultThatCannotBeKeptFailsAtOnce() throws Exception {
    assertThat(run("unkept").failure()).isInstanceOf(NotReplayable.class);
  }

  @Test
  void aFlowIsRunAgainWithoutWhatWasFinished() throws Exception {
    FlowEnd end = run("again");
    assertThat(end.result()).isEqualTo("\"done\"");
    assertThat(DONE).containsExactly("fetch 2025-11");
  }

  @Test
  void aTaskIsTriedAgain() throws Exception {
    assertThat(run("retried").result()).isEqualTo("\"there\"");
    assertThat(DONE).hasSize(3);
  }

  @Test
  void variablesAndSecretsAreFoundByName() throws Exception {
    LocalFlows.store().variables().set("region", "\"north\"", List.of());
    LocalFlows.vault().secrets().set("token", Secret.of("abc"));
    assertThat(run("asks").result()).isEqualTo("\"north 3\"");
  }

  @Test
  void tasksAreForFlows() {
    assertThatThrownBy(() -> task("fetch").call(() -> "file")).isInstanceOf(NoFlowRun.class);
  }
}
