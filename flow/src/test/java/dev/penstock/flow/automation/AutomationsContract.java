package dev.penstock.flow.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.notify.HookServer;
import dev.penstock.flow.notify.MailServer;
import dev.penstock.flow.notify.SlackWebhook;
import dev.penstock.flow.notify.Smtp;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Delivery.Progress;
import dev.penstock.flow.store.Event;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns.Outcome;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import dev.penstock.flow.vault.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What automations keep in every store.
abstract class AutomationsContract {
  private static final Courier.Settings SETTINGS =
      new Courier.Settings(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(3), 4);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path directory;

  private final List<String> deployed = new ArrayList<>();
  StoreUrl url;
  private Store store;
  Automations automations;
  private HookServer hooks;

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

  private Vault vault(Store of) {
    return Vault.of(of, directory.resolve("home"));
  }

  private Automations automations(Store of) {
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

  private Claimed begin(FlowRun run) {
    Claimed claimed = store.flowRuns().take(run.id(), "me", HOUR).orElseThrow();
    store.flowRuns().begin(claimed.lease(), "v1");
    return claimed;
  }

  private void end(Claimed claimed, StateName state, String message) {
    store.flowRuns().move(claimed.lease(), state, Outcome.message(message));
  }

  private void fail(String flow, String... tags) {
    end(begin(run(flow, tags)), StateName.FAILED, "no <disk>");
  }

  /// Lets time pass, by moving into the past all that has happened.
  private void elapse(Duration time) throws SQLException {
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

  @Test
  void eachStateOfARunIsAnEventOfTheSameTransaction() {
    FlowRun run = run("ingest");
    end(begin(run), StateName.COMPLETED, "all \"well\"");
    assertThat(store.events().of(run.id(), 10))
        .extracting(Event::name)
        .containsExactly(
            "penstock.flow-run.Scheduled",
            "penstock.flow-run.Pending",
            "penstock.flow-run.Running",
            "penstock.flow-run.Completed");
    assertThat(store.events().of(run.id(), 10).getLast().payload())
        .isEqualTo("{\"message\":\"all \\\"well\\\"\"}");
    assertThat(store.flowRuns().history(run.id())).hasSize(4);
  }

  @Test
  void aStateOfAMatchingRunIsToldOnce() throws Exception {
    save(
        new Trigger.OnState(
            new Runs(List.of("ing*"), List.of(), List.of("nightly"), List.of()),
            Set.of(StateName.FAILED, StateName.CRASHED)),
        tell("{{flow.name}} {{ flow-run.state }}: {{flow-run.message}} ({{flow-run.parameters}})"));
    fail("ingest", "nightly", "taxi");
    fail("ingest");
    fail("report", "nightly");
    end(begin(run("ingest", "nightly")), StateName.COMPLETED, "");
    automations.tick();
    automations.tick();

    assertThat(hooks.bodies())
        .containsExactly("{\"text\":\"*told*\\ningest Failed: no &lt;disk&gt; ({\\\"n\\\":1})\"}");
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.DELIVERED, Delivery::progress)
        .returns(200, Delivery::responseCode)
        .returns(1, Delivery::attempts);
  }

  @Test
  void whatHappenedBeforeOrWhileDisabledDoesNotMatter() throws Exception {
    fail("ingest");
    elapse(Duration.ofSeconds(1));
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    automations.enable("watch", false);
    fail("ingest");
    elapse(Duration.ofSeconds(1));
    automations.enable("watch", true);
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();
    fail("ingest");
    automations.tick();
    assertThat(hooks.bodies()).hasSize(1);
  }

  @Test
  void severalProcessesFireOnceForEachEvent() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    try (Store second = Store.open(url);
        Automations beside = automations(second);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ticking = new ArrayList<>();
      for (Automations each : List.of(automations, beside, automations, beside)) {
        ticking.add(
            threads.submit(() -> {
              for (int i = 0; i < 10; i++) {
                each.tick();
              }
              return null;
            }));
      }
      for (int i = 0; i < 20; i++) {
        fail("ingest");
      }
      for (Future<?> each : ticking) {
        each.get();
      }
      automations.tick();
    }
    assertThat(hooks.bodies()).hasSize(20);
    assertThat(deliveries()).hasSize(20);
  }

  @Test
  void aRunThatDoesNotEndInTimeIsToldOnceAlsoAfterARestart() throws Exception {
    Trigger late =
        new Trigger.OnAbsence(
            Runs.of("ingest"), Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR);
    save(late, tell("{{flow-run.name}}: {{reason}}"));
    begin(run("ingest"));
    begin(run("report"));
    automations.tick();
    elapse(Duration.ofMinutes(59));
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();

    elapse(Duration.ofMinutes(2));
    store.close();
    automations.close();
    store = Store.open(url);
    automations = automations(store);
    automations.tick();
    automations.tick();
    assertThat(hooks.bodies())
        .containsExactly("{\"text\":\"*told*\\nquiet-otter: none of [Completed] within PT1H\"}");
  }

  @Test
  void aRunThatEndsInTimeIsNotToldHoweverLateSomebodyLooks() throws Exception {
    save(
        new Trigger.OnAbsence(
            Runs.ALL, Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    Claimed quick = begin(run("quick"));
    elapse(Duration.ofMinutes(30));
    end(quick, StateName.COMPLETED, "");
    Claimed slow = begin(run("slow"));
    elapse(Duration.ofMinutes(90));
    end(slow, StateName.COMPLETED, "");
    elapse(Duration.ofDays(1));
    automations.tick();
    automations.tick();
    assertThat(deliveries())
        .extracting(delivery -> delivery.facts().get("flow.name"))
        .containsExactly("slow");
  }

  @Test
  void whatCameInTimeCountsThoughItIsBehindManyOtherEvents() throws Exception {
    save(
        new Trigger.OnAbsence(
            Runs.of("ingest"), Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    Claimed claimed = begin(run("ingest"));
    automations.tick();
    for (int i = 0; i < 250; i++) {
      run("other");
    }
    end(claimed, StateName.COMPLETED, "");
    elapse(Duration.ofHours(2));
    automations.tick();
    assertThat(deliveries()).isEmpty();
  }

  @Test
  void aFlowThatDoesNotRunIsToldOncePerTime() throws Exception {
    save(
        new Trigger.OnAbsence(Runs.of("ingest"), Set.of(), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    automations.tick();
    elapse(Duration.ofMinutes(50));
    end(begin(run("ingest")), StateName.COMPLETED, "");
    automations.tick();
    elapse(Duration.ofMinutes(50));
    automations.tick();
    assertThat(deliveries()).isEmpty();
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(1);
    automations.tick();
    elapse(Duration.ofHours(30));
    automations.tick();
    automations.tick();
    assertThat(deliveries()).hasSize(2);
  }

  private void figures(Claimed claimed, String summary) {
    store
        .taskRuns()
        .move(
            claimed.lease(),
            new TaskMove(
                claimed.run().id() + "-load",
                new TaskRun.Key(claimed.run().id(), 0, "000000", "load-0", "load", null),
                List.of(),
                1,
                StateName.RUNNING,
                "",
                null,
                null,
                null,
                summary));
  }

  @Test
  void aPipelineThatStandsStillIsToldOncePerStandstill() throws Exception {
    save(new Trigger.OnStandstill(Runs.ALL, Duration.ofMinutes(10)), tell("{{reason}}"));
    Claimed claimed = begin(run("ingest"));
    figures(claimed, "{\"in\":7,\"failed\":0}");
    automations.tick();
    elapse(Duration.ofMinutes(9));
    automations.tick();
    assertThat(deliveries()).isEmpty();
    elapse(Duration.ofMinutes(2));
    automations.tick();
    automations.tick();
    assertThat(deliveries()).hasSize(1);
    assertThat(deliveries().getFirst().facts().get("reason")).endsWith("after 7");
    figures(claimed, "{\"in\":8,\"failed\":0}");
    automations.tick();
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(2);
    end(claimed, StateName.COMPLETED, "");
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(2);
  }

  @Test
  void aPipelineWithManyErrorsIsToldAndItsRunCancelled() throws Exception {
    save(new Trigger.OnErrorRatio(Runs.ALL, 0.1, 100), tell("{{reason}}"), new Action.CancelRun());
    figures(begin(run("other")), "[]");
    Claimed claimed = begin(run("ingest"));
    figures(claimed, "{\"in\":99,\"failed\":99}");
    automations.tick();
    figures(claimed, "{\"in\":1000,\"failed\":100}");
    automations.tick();
    assertThat(deliveries()).isEmpty();
    figures(claimed, "{\"in\":1001,\"failed\":101}");
    automations.tick();
    automations.tick();
    assertThat(hooks.bodies()).singleElement().asString().contains("101 of 1001 records");
    assertThat(store.flowRuns().find(claimed.run().id()).orElseThrow().state().name())
        .isEqualTo(StateName.CANCELLING);
  }

  @Test
  void whatIsNotTakenIsTriedAgainLaterAndLaterAndAllIsRecorded() throws Exception {
    hooks.answer(500, 503, 429, 500);
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    for (int minutes : List.of(0, 1, 2, 3)) {
      elapse(Duration.ofMinutes(minutes).minusSeconds(10));
      automations.tick();
      elapse(Duration.ofSeconds(10));
      automations.tick();
    }
    assertThat(hooks.bodies()).hasSize(4);
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.FAILED, Delivery::progress)
        .returns(4, Delivery::attempts)
        .returns(500, Delivery::responseCode)
        .returns("127.0.0.1 answered 500", Delivery::error);
    elapse(Duration.ofDays(1));
    automations.tick();
    assertThat(hooks.bodies()).hasSize(4);
  }

  @Test
  void whatWillNeverBeTakenIsGivenUpAndShowsNoSecret() throws Exception {
    hooks.answer(404);
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    automations.tick();
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.FAILED, Delivery::progress)
        .returns(404, Delivery::responseCode);
    assertThat(deliveries().toString()).doesNotContain(HookServer.TOKEN);
  }

  @Test
  void anAttemptWhoseProcessDiedIsMadeByAnother() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    store.automations().evaluate(evaluation -> Rules.evaluate(evaluation));
    Delivery lost = store.deliveries().take(10, SETTINGS.lease()).getFirst();
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();
    elapse(SETTINGS.lease());
    automations.tick();
    store
        .deliveries()
        .record(
            lost,
            new dev.penstock.flow.store.Deliveries.Outcome(Progress.FAILED, null, "late", null));
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.DELIVERED, Delivery::progress)
        .returns(2, Delivery::attempts);
  }

  @Test
  void aBlockThatIsNotThereIsToldByTheDelivery() throws Exception {
    save(
        new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)),
        new Action.Notify("slack-webhook", "opps", "", ""));
    fail("ingest");
    automations.tick();
    assertThat(deliveries().getFirst().error())
        .isEqualTo("there is no slack-webhook block \"opps\"; did you mean \"ops\"?");
  }

  @Test
  void mailIsSentAndDeploymentsAreRun() throws Exception {
    try (MailServer mails = new MailServer()) {
      vault(store)
          .blocks()
          .save(
              "post",
              new Smtp(
                  "127.0.0.1",
                  mails.port(),
                  Smtp.Security.NONE,
                  null,
                  null,
                  "a@example.org",
                  List.of("b@example.org")));
      save(
          new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)),
          new Action.Notify("smtp", "post", "{{flow-run.name}} failed", "{{flow-run.message}}"),
          new Action.RunDeployment("repair", "{\"n\":2}"),
          new Action.PauseDeployment("nightly"));
      fail("ingest");
      automations.tick();
      assertThat(mails.mails().getFirst()).contains("Subject: quiet-otter failed\n");
    }
    assertThat(deployed).singleElement().asString().startsWith("repair{\"n\":2}automation/");
    assertThat(deliveries())
        .extracting(Delivery::error)
        .containsExactlyInAnyOrder(null, null, "there is no deployment \"nightly\"");
  }

  @Test
  void oldEventsAndFiringsAreForgottenInSmallSteps() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    automations.tick();
    elapse(Duration.ofDays(8));
    run("ingest");
    assertThat(store.events().forget(Duration.ofDays(7), 3)).isEqualTo(4);
    assertThat(store.events().forget(Duration.ofDays(7), 3)).isEqualTo(1);
    assertThat(deliveries()).isEmpty();
    assertThat(store.events().after(0, 10)).hasSize(1);
  }

  @Test
  void anAutomationIsJsonAndIsCheckedWhenItIsSaved() {
    Automation automation =
        new Automation(
            "watch",
            new Trigger.OnAbsence(Runs.of("ingest"), Set.of(), Set.of(StateName.COMPLETED), HOUR),
            List.of(tell("x"), new Action.CancelRun()));
    automations.save(automation);
    assertThat(automations.find("watch")).contains(automation);
    assertThat(Automations.parse("watch", automations.list().getFirst().definition()))
        .isEqualTo(automation);

    assertThatThrownBy(() -> tell("{{flow-run.nmae}}"))
        .hasMessageStartingWith(
            "{{flow-run.nmae}} stands for nothing; did you mean \"flow-run.name\"?");
    assertThatThrownBy(
            () -> save(automation.trigger(), new Action.Notify("test-depot", "ops", "x", "x")))
        .hasMessage(
            "nobody can be notified over a test-depot block: take one of slack-webhook, smtp,"
                + " webhook");
    assertThatThrownBy(() -> Automations.parse("watch", "{\"trigger\":{}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("this is not a trigger with actions: ");
  }
}
