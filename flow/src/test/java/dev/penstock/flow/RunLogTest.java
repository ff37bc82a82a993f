package dev.penstock.flow;

import static dev.penstock.flow.Flows.log;
import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.store.RunLogs;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
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
  void whatNobodyAskedForIsPrinted() throws Exception {
    assertThat(printed(LocalFlows.run(Program.class, "printsAsBefore"))).isEmpty();
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
