package dev.penstock.flow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomationDutyTest {
  @TempDir private Path directory;

  @Test
  void whatFailsRunsTheDeploymentThatMendsIt() throws Exception {
    try (Store store = Store.open(StoreUrl.file(directory.resolve("store.db")))) {
      store.workPools().create("here", WorkPool.Type.INLINE, null);
      Deployment failing = deploy(store, "ingest");
      Deployment mending = deploy(store, "mend");
      Vault vault = Vault.of(store, directory);
      try (Automations automations = new Automations(store, vault, (_, _, _) -> {})) {
        automations.save(
            new Automation(
                "mend",
                new Trigger.OnState(Runs.of("ingest"), Set.of(StateName.FAILED)),
                List.of(new Action.RunDeployment(mending.id(), "{}"))));
      }
      FlowRun run = new DeploymentRuns(store).create(failing, "{}", List.of(), null, null);
      store.flowRuns().force(run.id(), StateName.FAILED, "refused");

      try (AutomationDuty _ = new AutomationDuty(store, vault, _ -> {})) {
        awaitRunOf(store, mending);
      }
    }
  }

  private static Deployment deploy(Store store, String flow) {
    return store
        .deployments()
        .deploy(
            flow,
            "test",
            new DeployedCode.Source("v1", "steps.java", ""),
            Deployment.Settings.in("here"),
            List.of());
  }

  private static void awaitRunOf(Store store, Deployment deployment) throws InterruptedException {
    RunFilter filter =
        new RunFilter(
            List.of(), List.of(deployment.id()), List.of(), List.of(), null, null, null, null);
    Instant end = Instant.now().plus(Duration.ofSeconds(40));
    while (store.flowRuns().list(filter, Page.first(10)).isEmpty()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(20);
    }
  }
}
