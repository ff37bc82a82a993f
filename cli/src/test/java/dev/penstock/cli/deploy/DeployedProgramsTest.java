package dev.penstock.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.MemoryStore;
import dev.penstock.flow.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flows of deployed code, run as a worker or `flow serve` does.
class DeployedProgramsTest {
  @TempDir private Path home;

  private static final DeployedCode CODE =
      new DeployedCode.Source(
          "v1",
          "months.java",
          """
          record Month(@Default("yellow") String color, YearMonth month) {}

          final FlowDefinition<Month> ingest = flow("ingest trips", Month.class, this::load);

          void load(Month month) {
            log.info("{} of {}", month.color(), month.month());
          }

          void main(String[] args) { runFlow(args); }
          """);

  @Test
  void aFlowThatIsAValueIsDeployedAsAMethodIs() throws Exception {
    DeployedFlow flow = new DeployedPrograms(home).flow(CODE, "ingest trips");
    assertThat(flow.method().parameters().required()).containsExactly("month");
    List<String> lines = new ArrayList<>();
    try (MemoryStore memory = new MemoryStore(InstantSource.system())) {
      Store store = memory.process("here", () -> {}).store();
      try (RunEngine engine =
          RunEngine.withoutHeartbeats(store, EngineSettings.of("here", lines::add))) {
        FlowEnd end =
            engine.runHere(flow, FlowRun.Call.of("{\"month\":\"2026-03\"}", List.of()), null);
        assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
      }
    }
    assertThat(lines).anyMatch(line -> line.endsWith("yellow of 2026-03"));
  }
}
