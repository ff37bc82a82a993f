package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard says of deployments that are always on.
class DashboardTest {
  @TempDir private Path directory;
  private Town town;
  private Deployment stream;

  @BeforeEach
  void open() {
    town = new Town(directory);
    stream = town.deploy("stream");
  }

  @AfterEach
  void close() {
    town.close();
  }

  private String dashboard() {
    return town.get("/").body();
  }

  @Test
  void whatIsAlwaysOnIsToldWithItsPipelinesAndTheirLag() throws Exception {
    town.run("ingest", "{\"rows\": 100}");
    assertThat(dashboard()).doesNotContain("Always on");
    town.store.schedules().add(stream.id(), NewSchedule.of("always PT1M"));
    assertThat(dashboard()).contains("Always on", "/deployments/" + stream.id(), "No run yet");
    FlowRun run = town.pump(stream, town.figures(1234));
    assertThat(dashboard())
        .contains("href=\"/runs/" + run.id() + "\"", "load-0", "1,234 records")
        .doesNotContain("No run yet");
    town.store.flowRuns().force(run.id(), StateName.CRASHED, "");
    assertThat(dashboard())
        .contains("href=\"/runs/" + run.id() + "\"", "Crashed")
        .doesNotContain("1,234 records");
    town.store.deployments().pause(stream.id(), true);
    assertThat(dashboard()).doesNotContain("Always on");
  }
}
