package dev.penstock.flow;

import static dev.penstock.flow.Flows.flow;
import static dev.penstock.flow.Flows.log;
import static dev.penstock.flow.Flows.subflow;
import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Flows that are values.
class FlowDefinitionTest {
  private static final List<String> DONE = new ArrayList<>();
  private static int failures;

  static class Program {
    record Month(@Default("yellow") String color, YearMonth month) {}

    final FlowDefinition<Month> ingest =
        flow("ingest trips", Month.class, this::load)
            .description("daily")
            .retries(1, Duration.ZERO)
            .timeout(Duration.ofMinutes(1));

    static final FlowDefinition<NoParameters> CLEAN = flow("clean", () -> log.info("cleaning"));

    @Flow
    void all(YearMonth month) {
      subflow(ingest, new Month("green", month));
      subflow(CLEAN);
      FlowDefinition<Month> local = flow("local", Month.class, (Month each) -> DONE.add("local"));
      subflow(local, new Month("blue", month));
    }

    void load(Month month) {
      String file = task("extract").call(this::extract, month);
      DONE.add(file);
      if (failures-- > 0) {
        throw new IllegalStateException("once");
      }
    }

    String extract(Month month) {
      DONE.add("extract");
      return month.color() + month.month();
    }
  }

  static class Unset {
    static final @org.jspecify.annotations.Nullable FlowDefinition<?> NONE = null;
  }

  static class Twice {
    final FlowDefinition<NoParameters> one = flow("same", () -> {});

    @Flow
    void same() {}
  }

  private static MethodProgram program(String name) {
    return new MethodProgram(
        FlowMethods.of(Program.class).stream()
            .filter(flow -> flow.name().equals(name))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void theyAreFoundBesideMethodsWithTheirSettings() {
    List<FlowMethod> flows = FlowMethods.of(Program.class);
    assertThat(flows).extracting(FlowMethod::name).containsExactly("all", "clean", "ingest trips");
    assertThat(flows.getLast().parameters().names()).containsExactly("color", "month");
    assertThat(flows.getLast().description()).isEqualTo("daily");
    assertThat(flows.getLast().settings().timeout()).contains(Duration.ofMinutes(1));
    assertThat(program("clean").version()).hasSize(12);
  }

  @Test
  void theyRunWithTheirParametersAndAreRetried() throws Exception {
    DONE.clear();
    failures = 1;
    FlowEnd end = LocalFlows.run(program("ingest trips"), "{\"month\":\"2026-03\"}");
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(DONE).containsExactly("extract", "yellow2026-03", "yellow2026-03");
    assertThat(LocalFlows.run(program("clean"), "{}").failure()).isNull();
  }

  @Test
  void theyAreLaunchedLikeMethods() {
    FlowLaunch launch = FlowLaunch.of(Program.class, "ingest", "--param", "month=2026-04");
    assertThat(launch.parameters()).isEqualTo("{\"color\":\"yellow\",\"month\":\"2026-04\"}");
    assertThatThrownBy(() -> FlowLaunch.of(Program.class, "ingest"))
        .isInstanceOf(ParametersRefused.class);
  }

  @Test
  void theyAreSubflowsToo() throws Exception {
    DONE.clear();
    FlowEnd end = LocalFlows.run(Program.class, "all", "{\"month\":\"2026-05\"}");
    assertThat(end.failure()).isNull();
    assertThat(DONE).containsExactly("extract", "green2026-05", "local");
    assertThat(LocalFlows.tasks(end))
        .extracting(each -> each.key().name())
        .containsExactly("ingest trips-0", "clean-0", "local-0");
    String child = LocalFlows.tasks(end).getFirst().key().child();
    FlowRun ingested = LocalFlows.store().flowRuns().find(child).orElseThrow();
    assertThat(ingested.call().parameters())
        .isEqualTo("{\"color\":\"green\",\"month\":\"2026-05\"}");
    assertThat(ingested.origin().version()).hasSize(12);
  }

  @Test
  void whatReturnsAResultIsRefused() {
    assertThatThrownBy(() -> flow("month", Program.Month.class, Program.Month::month))
        .hasMessage(
            "flow \"month\" keeps no result, and month returns YearMonth: put @Flow on it, or let"
                + " its tasks return what is needed");
  }

  @Test
  void whatIsNoneIsRefused() {
    assertThatThrownBy(() -> FlowMethods.of(Unset.class))
        .hasMessage("field NONE of Unset is to be a flow and holds null");
    assertThatThrownBy(() -> FlowMethods.of(Twice.class))
        .isInstanceOf(FlowRefused.class)
        .hasMessageContaining("two flows have the name \"same\"");
    assertThatThrownBy(() -> flow(" ", () -> {})).hasMessageContaining("must not be blank");
  }
}
