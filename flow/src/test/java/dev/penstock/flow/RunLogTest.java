package dev.penstock.flow;

import static dev.penstock.flow.Flows.log;
import static dev.penstock.flow.Flows.task;
import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.within;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.NoFlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.pipeline.Pipeline;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What comes into the log of a run.
class RunLogTest {
  private static final String LONG = "0123456789".repeat(300_000);

  static class Program {
    @Flow(logPrints = true)
    void prints() {
      System.out.println("from the body");
      System.out.print("half ");
      System.out.printf("and %s%ntwo%nthree", "half \u00e9");
      task("part").run(() -> IO.println("from a task"));
    }

    @Flow
    void printsAsBefore() {
      System.out.println("nobody asked");
    }

    @Flow
    void longLine() {
      log.info("first");
      log.info(LONG);
      log.info("last");
    }

    @Flow(logPrints = true)
    void pipelines() {
      Pipeline.range(0, 2).map(n -> logged("beside the body", n), concurrency(2)).run();
      task("load")
          .run(() ->
              Pipeline.range(0, 2)
                  .buffer(1)
                  .tap(n -> logged("on the thread of the task", n))
                  .map(n -> logged("beside the task", n), concurrency(2).timeout(ofSeconds(9)))
                  .batch(1, within(ofSeconds(1)))
                  .forEach(n -> logged("in turn with the task", n.getFirst())));
    }

    private static long logged(String where, long n) {
      log.info("{}: {}", where, n);
      System.out.println("printed " + where + ": " + n);
      return n;
    }

    @Flow
    void callsBesideTheFlow() {
      Pipeline.range(0, 2).map(n -> task("t").call(() -> n), concurrency(2)).run();
    }

    @Flow
    void callsInTurn() {
      Pipeline.range(0, 4)
          .batch(2, within(ofSeconds(9)))
          .forEach(batch -> task("t").run(() -> log.info("batch {}", batch)));
    }

    @Flow(logPrints = true)
    void longPrint() {
      System.out.print(LONG);
    }
  }

  private static List<RunLogs.Line> printed(FlowEnd end) {
    assertThat(end.failure()).isNull();
    return LocalFlows.logs(end).stream()
        .filter(line -> !line.text().matches("(Beginning|Created|Executing|Finished).*"))
        .toList();
  }

  @Test
  void linesThatAreAskedForComeFromWhereTheyWerePrinted() throws Exception {
    PrintStream before = System.out;
    List<RunLogs.Line> lines = printed(LocalFlows.run(Program.class, "prints"));
    assertThat(lines)
        .extracting(RunLogs.Line::text)
        .containsExactlyInAnyOrder(
            "from the body", "half and half \u00e9", "two", "three", "from a task");
    assertThat(lines)
        .filteredOn(line -> line.taskRun() != null)
        .extracting(RunLogs.Line::text)
        .containsExactly("from a task");
    assertThat(LocalFlows.LINES)
        .anyMatch(line -> line.matches(".* \\| INFO    \\| Task run 'part-0' - from a task"));
    assertThat(System.out).isSameAs(before);
  }

  @Test
  void whoeverSeesThatARunIsOverSeesItsWholeLog() throws Exception {
    for (int i = 0; i < 20; i++) {
      FlowEnd end = LocalFlows.run(Program.class, "prints");
      List<RunLogs.Line> stored = LocalFlows.store().logs().of(end.run(), 0, 100);
      assertThat(stored).extracting(RunLogs.Line::text).contains("from a task");
      assertThat(stored.getLast().text()).isEqualTo("Finished in state Completed()");
    }
  }

  @Test
  void whatNobodyAskedForIsPrinted() throws Exception {
    assertThat(printed(LocalFlows.run(Program.class, "printsAsBefore"))).isEmpty();
  }

  @Test
  void linesOfPipelinesComeFromAllOfTheirThreads() throws Exception {
    List<RunLogs.Line> lines = printed(LocalFlows.run(Program.class, "pipelines"));
    List<String> ofTasks = new ArrayList<>();
    List<String> ofTheFlow = new ArrayList<>();
    lines.forEach(line -> (line.taskRun() == null ? ofTheFlow : ofTasks).add(line.text()));
    assertThat(ofTheFlow).containsExactlyInAnyOrderElementsOf(both("beside the body"));
    assertThat(ofTasks)
        .containsExactlyInAnyOrderElementsOf(
            both("on the thread of the task", "beside the task", "in turn with the task"));
  }

  private static List<String> both(String... places) {
    return Stream.of(places)
        .flatMap(place -> Stream.of(place + ": 0", place + ": 1"))
        .flatMap(line -> Stream.of(line, "printed " + line))
        .toList();
  }

  @Test
  void tasksAreNotCalledWhereTheyWouldHaveNoOrder() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "callsBesideTheFlow");
    assertThat(end.failure()).isInstanceOf(NoFlowRun.class).hasMessageContaining("concurrency");
    assertThat(LocalFlows.tasks(end)).isEmpty();
  }

  @Test
  void theyAreCalledBelowATimedBatch() throws Exception {
    assertThat(printed(LocalFlows.run(Program.class, "callsInTurn")))
        .extracting(RunLogs.Line::text)
        .containsExactly("batch [0, 1]", "batch [2, 3]");
  }

  @Test
  void aLineOfMegabytesBecomesSeveralOfWhichNothingIsLost() throws Exception {
    List<RunLogs.Line> lines = printed(LocalFlows.run(Program.class, "longLine"));
    assertThat(lines).hasSize(5);
    assertThat(lines).allMatch(line -> line.text().length() <= 1 << 20);
    assertThat(lines.stream().map(RunLogs.Line::text).collect(Collectors.joining()))
        .isEqualTo("first" + LONG + "last");
  }

  @Test
  void soDoesOneThatIsPrinted() throws Exception {
    List<RunLogs.Line> lines = printed(LocalFlows.run(Program.class, "longPrint"));
    assertThat(lines.stream().map(RunLogs.Line::text).collect(Collectors.joining()))
        .isEqualTo(LONG);
    assertThat(lines).hasSizeGreaterThan(2);
  }
}
