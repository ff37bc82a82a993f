package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Secret;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.Scheduler;
import dev.penstock.server.PenstockServer;
import dev.penstock.server.ServerAddress;
import dev.penstock.server.access.NewKey;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands print the same through a server as they do on its store.
class RemoteCommandsTest extends CommandLineTests {
  private PenstockServer server;
  private Map<String, String> remote;

  @BeforeEach
  void openServer() {
    server =
        PenstockServer.start(
            new ServerAddress("127.0.0.1", 0),
            store,
            Vault.of(store, home),
            new ResultFiles(home),
            (_, _) -> "{}");
    store.users().create("ana", Role.ADMIN, "none");
    String key = NewKey.make(store.apiKeys(), "ci", NewKey.Grant.of(Role.ADMIN), "test", null);
    remote = by(key);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private Map<String, String> by(String key) {
    return Map.of("PENSTOCK_API_URL", server.url() + "/", "PENSTOCK_API_KEY", key);
  }

  private void assertTheSame(String line) {
    Result here = run(line.split(" "));
    Result there = run(remote, line.split(" "));
    assertThat(golden(there)).as(line).isEqualTo(golden(here));
  }

  /// Without the ids of what both have made.
  private static String golden(Result result) {
    return result.golden().replaceAll("Backfill [0-9a-f]{8}", "Backfill ID");
  }

  @Test
  void whatIsReadIsPrintedTheSame() throws Exception {
    FlowEnd first = ingested();
    shop.breakDown(true);
    finished("ingest", "{\"count\":3}", "nightly", "b c");
    String other = finished("report", "{}").run();
    for (String line :
        List.of(
            "flow-run ls",
            "flow-run ls --output json",
            "flow-run ls --limit 1",
            "flow-run ls --state Failed --since 1d",
            "flow-run ls --flow ingest --tag none",
            "flow-run inspect " + first.name(),
            "flow-run inspect " + first.run() + " --output json",
            "flow-run inspect " + other + " --output json",
            "flow-run inspect nobody",
            "flow-run logs " + first.run(),
            "flow-run logs " + first.run() + " --level WARNING --output json",
            "flow-run watch " + first.run(),
            "flow-run watch " + first.run() + " --output json",
            "flow-run cancel " + first.run(),
            "flow-run pause " + first.run(),
            "flow-run resume " + first.run())) {
      assertTheSame(line);
    }
    assertThat(run(remote, "flow-run", "ls").out()).contains("ingest", "Completed");
  }

  @Test
  void whatIsChangedIsChangedThere() throws Exception {
    String run = ingested().run();
    assertThat(run(remote, "flow-run", "retry", run).out()).contains("run it: penstock run");
    assertThat(store.flowRuns().find(run).orElseThrow().state().type().isFinal()).isFalse();
    assertThat(run(remote, "flow-run", "pause", run).out()).contains("is Paused");
    assertThat(run(remote, "flow-run", "resume", run, "--input", "1").err())
        .contains("asks nothing");
    assertThat(run(remote, "flow-run", "resume", run).exit()).isZero();
    assertThat(run(remote, "flow-run", "cancel", run).out()).contains("is Cancelled");
    assertThat(run(remote, "flow-run", "set-state", run, "Completed", "--message", "by hand").out())
        .contains("is Completed");
    assertThat(store.flowRuns().find(run).orElseThrow().state().message()).isEqualTo("by hand");
    assertThat(run(remote, "flow-run", "delete", run).out()).contains("is deleted");
    assertThat(store.flowRuns().find(run)).isEmpty();
    assertThat(store.auditLog().list(Long.MAX_VALUE, 10))
        .extracting(entry -> entry.actor() + " " + entry.action())
        .contains("key ci delete flow run", "key ci set state of flow run");
  }

  @Test
  void everyCommandThatReadsTheStorePrintsTheSame() throws Exception {
    Vault.of(store, home).secrets().set("token", Secret.of("hidden-token"));
    store.variables().set("color", "\"green\"", List.of("a"));
    store.workPools().create("etl", WorkPool.Type.PROCESS, 3);
    store.limits().set(Limit.of(LimitKey.tag("db"), 2));
    String run = ingested().run();
    for (String line :
        List.of(
            "variable ls",
            "variable get color",
            "variable get colour",
            "secret ls --output json",
            "work-pool ls",
            "work-pool inspect etl",
            "work-queue ls --pool etl",
            "worker ls",
            "deployment ls",
            "deployment inspect no/such",
            "concurrency-limit ls --output json",
            "block ls",
            "automation ls",
            "event ls --limit 3",
            "artifact ls",
            "task-run ls " + run,
            "user ls")) {
      assertTheSame(line);
    }
  }

  @Test
  void whatIsWrittenIsInTheStore() {
    run(remote, "variable", "set", "color", "green");
    assertThat(store.variables().get("color").text()).isEqualTo("green");
    answering("hidden-token\n", remote, "secret", "set", "token");
    assertThat(Vault.of(store, home).secrets().get("token").reveal()).isEqualTo("hidden-token");
    run(remote, "work-pool", "create", "etl", "--concurrency-limit", "3");
    assertThat(store.workPools().find("etl").orElseThrow().limit()).isEqualTo(3);
    assertThat(run(remote, "work-pool", "create", "etl").err()).contains("already");
    assertThat(store.auditLog().list(Long.MAX_VALUE, 10))
        .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.subject())
        .contains("key ci set secret /api/v1/store/sealed-values/put-secret token")
        .noneMatch(text -> text.contains("hidden-token"));
  }

  @Test
  void aBackfillIsStartedThereWithTheSameWords() {
    Deployment nightly = deployed("0 6 * * *");
    String line = "deployment backfill ingest/nightly --from 2026-01-01 --to ";
    assertThat(run(remote, (line + "2026-01-03 --parallelism 5").split(" ")).out())
        .contains("of ingest/nightly from 2026-01-01T00:00:00Z to 2026-01-03T00:00:00Z");
    assertThat(tickOf(nightly)).isEqualTo(2);
    for (String rest :
        List.of(
            "2026-01-03",
            "2026-01-04",
            "2026-01-04 --output json",
            "2026-01-03 --again",
            "2025-01-01",
            "2999-01-01",
            "tomorrow",
            "2026-01-03 --parallelism 0",
            "2026-01-01T05:00")) {
      assertTheSame(line + rest);
    }
    assertThat(run(remote, (line + "2026-01-03").split(" ")).err())
        .contains("have completed: --again runs them again");
    assertThat(run(remote, "deployment", "inspect", "ingest/nightly").out())
        .contains(
            "backfill from 2026-01-01T00:00:00Z to 2026-01-03T00:00:00Z, 5 at once, 2 of 2 ticks"
                + " begun: at 06:00");
    assertThat(run(remote, (line + "2026-01-04").split(" ")).out())
        .contains("2 ticks that have completed left out, --again runs them too");
    store.schedules().of(nightly.id()).stream()
        .filter(DeploymentSchedule::backfill)
        .forEach(each -> store.schedules().delete(each.id()));
    run(remote, (line + "2026-01-03 --again --parallelism 5").split(" "));
    assertThat(tickOf(nightly)).as("those that have completed, once more").isEqualTo(2);
  }

  private Deployment deployed(String cron) {
    return store
        .deployments()
        .deploy(
            "ingest",
            "nightly",
            new DeployedCode.Source("v1", "shop.java", ""),
            new Deployment.Settings(
                "", "{}", null, List.of(), Deployment.Target.in("default"), Deployment.Limit.NONE),
            List.of(NewSchedule.of(Schedule.cron(cron, ZoneOffset.UTC).text())));
  }

  /// Has the runs made that are due, completes them, and says how many there were.
  private long tickOf(Deployment deployment) {
    new Scheduler(store).tick();
    RunFilter its =
        new RunFilter(
            List.of(), List.of(deployment.id()), List.of(), List.of(), null, null, null, null);
    return store.flowRuns().list(its, Page.first(50)).stream()
        .filter(run -> !run.state().type().isFinal())
        .peek(run -> store.flowRuns().force(run.id(), StateName.COMPLETED, ""))
        .count();
  }

  @Test
  void aKeyMayNotMoreThanItsRole() {
    Map<String, String> viewer =
        by(NewKey.make(store.apiKeys(), "reader", NewKey.Grant.of(Role.VIEWER), "test", null));
    assertThat(run(viewer, "variable", "ls").exit()).isZero();
    Result refused = run(viewer, "variable", "set", "color", "green");
    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("does not allow this", "it needs the role operator, key reader is viewer");
    assertThat(store.variables().find("color")).isEmpty();
  }

  @Test
  void theDoctorAndTheSettingsSpeakOfTheServer() {
    assertThat(run(remote, "config", "view").out())
        .contains(server.url(), "PENSTOCK_API_URL")
        .doesNotContain("penstock.db");
    Result well = run(remote, "doctor");
    assertThat(well.exit()).isZero();
    assertThat(well.out())
        .contains(server.url() + " answers", "none has late runs and no worker")
        .doesNotContain("penstock.db");
    Result wrong = run(Map.of("PENSTOCK_API_URL", server.url()), "doctor");
    assertThat(wrong.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.out().replaceAll("\\s+", " ")).contains("wants a key that it knows");
  }

  @Test
  void whatDoesNotWorkIsSaidPlainly() {
    for (String line : List.of("secret rotate", "store version", "store upgrade", "store vacuum")) {
      assertThat(run(remote, line.split(" ")))
          .as(line)
          .returns(ExitCode.FAILED, Result::exit)
          .extracting(Result::err)
          .asString()
          .contains("where the database of the store is", "unset PENSTOCK_API_URL");
    }
    Map<String, String> wrong = new LinkedHashMap<>(remote);
    wrong.put("PENSTOCK_API_KEY", "pk_guess");
    assertThat(run(wrong, "flow-run", "ls").err())
        .contains("wants a key that it knows")
        .doesNotContain("pk_guess");
    wrong.put("PENSTOCK_API_URL", "http://127.0.0.1:1");
    assertThat(run(wrong, "flow-run", "ls").err())
        .contains("the server at http://127.0.0.1:1 cannot be reached");
    wrong.put("PENSTOCK_API_URL", "ftp://x");
    assertThat(run(wrong, "flow-run", "ls").err()).contains("\"ftp://x\" is no URL of a server");
  }
}
