package dev.penstock.flow.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.PostgresStores;
import dev.penstock.flow.store.StoreUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostgresTriggersTest extends TriggersContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("triggers");
  }

  @Test
  void anEventThatIsCommittedAfterOnesWithHigherIdsIsNotLost() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    FlowRun run = run("ingest");
    try (Connection slow = DriverManager.getConnection(url.value());
        var statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO event (occurred_at, name, resource, resource_id, payload, evaluated)
          SELECT since + 1, 'penstock.flow-run.Failed', 'flow-run', '%s', '{}', 0 FROM automation
          """
              .formatted(run.id()));
      run("other");
      automations.tick();
      assertThat(deliveries()).isEmpty();
      slow.commit();
    }
    automations.tick();
    assertThat(deliveries()).hasSize(1);
  }
}
