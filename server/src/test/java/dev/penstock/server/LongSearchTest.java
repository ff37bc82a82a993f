package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.store.FoundRuns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search for a text among more runs than it looks through at once: the page and the API say that
/// there is more, and go on.
class LongSearchTest {
  @TempDir private Path directory;

  @Test
  void aSearchThatHasNotSeenAllRunsGoesOnWhereItHasStopped() throws Exception {
    try (Town town = new Town(directory)) {
      FlowEnd run = town.run("report", "{\"recipient\": \"ops\"}");
      bury(run);
      String address = "/runs?within=all&q=" + run.name();
      String first = town.get(address).body();
      assertThat(first)
          .contains("None of the 50,000 runs looked at, back to")
          .doesNotContain("/runs/" + run.run());
      Matcher further = Pattern.compile("href=\"(/runs\\?[^\"]*after=[^\"]*)\"").matcher(first);
      assertThat(further.find()).isTrue();
      assertThat(town.get(further.group(1).replace("&amp;", "&")).body())
          .contains("/runs/" + run.run())
          .doesNotContain("Look further back");

      String api = "/api/v1/flow-runs?q=" + run.name();
      String after = String.valueOf(JsonTree.readObject(town.get(api).body()).get("after"));
      assertThat(JsonTree.readObject(town.get(api).body())).containsEntry("items", List.of());
      assertThat(JsonTree.readObject(town.get(api + "&after=" + after).body()).get("items"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .singleElement()
          .hasFieldOrPropertyWithValue("id", run.run());
    }
  }

  /// Makes as many newer runs as a search looks through.
  private void bury(FlowEnd run) throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("penstock.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO flow_run (id, name, flow, priority, parameters, tags, state_type, state_name,
            state_at, state_message, due_at, attempt, crashes, generation, fence, created_at)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT 'f' || (100000000 + i) || '-0000-7000-8000-0000000000', 'quiet-otter',
            'other', 0, '{}', '[]', 'COMPLETED', 'Completed', 0, '', 0,
            1, 0, 0, 1, (SELECT created_at FROM flow_run WHERE id = '%s') + i
          FROM n
          """
              .formatted(FoundRuns.LOOK, run.run()));
    }
  }
}
