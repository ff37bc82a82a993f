package dev.penstock.flow.automation;

import dev.penstock.flow.notify.HookServer;
import dev.penstock.flow.notify.SlackWebhook;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns.Outcome;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.vault.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store with automations, their channel, and runs for them to look at.
abstract class AutomationsInStore {
  static final Courier.Settings SETTINGS =
      new Courier.Settings(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(3), 4);
  static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path directory;

  final List<String> deployed = new ArrayList<>();
  StoreUrl url;
  Store store;
  Automations automations;
  HookServer hooks;

  /// The URL of an empty store.
  abstract StoreUrl url();

  @BeforeEach
  void open() {
    url = url();
    store = Store.open(url);
    automations = automations(store);
    hooks = new HookServer();
    vault(store).blocks().save("ops", new SlackWebhook(hooks.url()));
  }

  @AfterEach
  void close() {
    automations.close();
    hooks.close();
    store.close();
  }

  Vault vault(Store of) {
    return Vault.of(of, directory.resolve("home"));
  }

  Automations automations(Store of) {
    return new Automations(
        of,
        vault(of),
        (deployment, parameters, key) -> deployed.add(deployment + parameters + key),
        SETTINGS);
  }

  static Action tell(String text) {
    return new Action.Notify("slack-webhook", "ops", "told", text);
  }

  void save(Trigger trigger, Action... actions) {
    automations.save(new Automation("watch", trigger, List.of(actions)));
  }

  FlowRun run(String flow, String... tags) {
    return store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "quiet-otter",
                FlowRun.Origin.here(flow, null, null),
                FlowRun.Call.of("{\"n\":1}", List.of(tags)),
                null));
  }

  Claimed begin(FlowRun run) {
    Claimed claimed = store.flowRuns().take(run.id(), "me", HOUR).orElseThrow();
    store.flowRuns().begin(claimed.lease(), "v1");
    return claimed;
  }

  void end(Claimed claimed, StateName state, String message) {
    store.flowRuns().move(claimed.lease(), state, Outcome.message(message));
  }

  void fail(String flow, String... tags) {
    end(begin(run(flow, tags)), StateName.FAILED, "no <disk>");
  }

  /// Lets time pass, by moving into the past all that has happened.
  void elapse(Duration time) throws SQLException {
    long micros = time.toNanos() / 1000;
    try (Connection connection = DriverManager.getConnection(url.value());
        var statement = connection.createStatement()) {
      for (String column :
          List.of(
              "event.occurred_at",
              "automation.since",
              "automation_watch.deadline",
              "automation_firing.fired_at",
              "delivery.due_at",
              "pipeline_progress.since")) {
        String[] at = column.split("\\.");
        statement.execute("UPDATE %1$s SET %2$s = %2$s - %3$d".formatted(at[0], at[1], micros));
      }
    }
  }

  List<Delivery> deliveries() {
    return automations.deliveries("watch", 100);
  }
}
