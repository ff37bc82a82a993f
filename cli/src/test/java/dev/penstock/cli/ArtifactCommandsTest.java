package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.testkit.Golden;
import org.junit.jupiter.api.Test;

class ArtifactCommandsTest extends CommandLineTests {
  @Test
  void whatARunHasLeftIsShown() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "artifact ls");
    FlowEnd end = finished("report", "{}");
    ingested();
    say(said, "artifact ls");
    say(said, "artifacts ls --kind markdown");
    say(said, "artifact ls --kind chart");
    say(said, "artifact inspect rows-by-day");
    say(said, "artifact inspect summary");
    say(said, "artifact inspect sumary");
    say(said, "artifact delete sumary");
    Golden.assertMatches("artifact", said.toString());

    assertThat(run("artifact", "ls", "--flow-run", end.name()).out().lines()).hasSize(3);
    var json = JsonTree.readObject(run("artifact", "inspect", "summary", "--output", "json").out());
    assertThat(json).containsEntry("data", "**2 days**").containsEntry("flowRun", end.run());
    assertThat(run("artifact", "delete", String.valueOf(json.get("id"))).exit()).isZero();
    assertThat(run("artifact", "inspect", "summary").exit()).isEqualTo(1);
  }
}
