package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.worker.Scheduler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a deployment runs, as its page sets it, and who holds slots.
class DeploymentPagesTest {
  @TempDir static Path directory;
  private static Town town;
  private static Deployment deployment;

  @BeforeAll
  static void open() {
    town = new Town(directory);
    assertThat(town.get("/concurrency").body()).contains("No limits yet");
    deployment = town.deploy();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static String path(String rest) {
    return "/deployments/" + deployment.id() + rest;
  }

  private static List<DeploymentSchedule> schedules() {
    return town.store.schedules().of(deployment.id());
  }

  @Test
  void aScheduleIsAddedChangedPausedAndDeleted() {
    HttpResponse<String> wrong =
        town.post(path("/schedules"), "kind=cron&rule=30+2+*&zone=Europe/Berlin");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("value=\"30 2 *\"", "aria-invalid=\"true\"");
    town.post(path("/schedules"), "kind=cron&rule=30+2+*+*+*&zone=Europe/Berlin&catchUp=ALL");
    DeploymentSchedule added = schedules().getFirst();
    assertThat(added.settings().catchUp()).isEqualTo("ALL");
    assertThat(town.get(path("")).body()).contains("At 02:30", "Next ten ticks");
    assertThat(town.get(path("?schedule=" + added.id())).body())
        .contains("Change a schedule", "value=\"30 2 * * *\"", "value=\"Europe/Berlin\"");
    town.post(path("/schedules"), "replaces=" + added.id() + "&kind=interval&rule=15m&zone=UTC");
    DeploymentSchedule changed = schedules().getFirst();
    assertThat(schedules()).hasSize(1);
    assertThat(changed.settings().spec()).contains("PT15M");
    town.post(path("/schedules/" + changed.id()), "");
    assertThat(schedules().getFirst().active()).isFalse();
    town.post(path("/schedules/" + changed.id() + "/delete"), "");
    assertThat(schedules()).isEmpty();
  }

  @Test
  void daysOfACalendarAreRunAgain() {
    String days = "?month=2026-03&from=2026-03-02&to=2026-03-04";
    String page = town.get(path(days)).body();
    assertThat(page).contains("February 2026", "March 2026", "2 to 4 March: 3 runs");
    assertThat(town.get(path("?month=2026-13")).statusCode()).isEqualTo(400);
    assertThat(town.post(path("/backfill"), "from=2026-03-04&to=2026-03-02").body())
        .contains("the last day is before the first one");
    assertThat(town.post(path("/backfill"), "from=2099-01-01&to=2099-01-02").body())
        .contains("is still to come");
    assertThat(town.get(path("?month=%2B999999999-12")).statusCode()).isEqualTo(400);
    assertThat(town.get(path("?from=2026-03-04&to=%2B999999999-12-31")).statusCode())
        .isEqualTo(400);
    assertThat(
            town.post(path("/backfill"), "from=2026-03-02&to=2026-03-04&parallelism=3")
                .statusCode())
        .isEqualTo(303);
    new Scheduler(town.store).tick();
    List<FlowRun> runs =
        town.store.flowRuns().list(RunFilter.ALL, Page.first(10)).stream()
            .filter(run -> run.call().intervalTo() != null)
            .toList();
    assertThat(runs).hasSize(3);
    assertThat(runs.getFirst().call().intervalTo()).isBefore(Instant.parse("2026-03-05T00:00:00Z"));
    assertThat(town.get(path(days)).body())
        .contains("title=\"2 March: Scheduled", "title=\"1 March: never ran");
    town.store.flowRuns().force(runs.get(1).id(), StateName.COMPLETED, "");
    assertThat(town.get(path(days)).body())
        .contains(
            "3 March: Completed, left out", "2 to 4 March: 2 runs", "1 tick that has completed");
    assertThat(town.get(path(days + "&again=1")).body())
        .contains("2 to 4 March: 3 runs", "is run again", "name=\"again\"");
    String done = "from=2026-03-03&to=2026-03-03";
    assertThat(town.post(path("/backfill"), done).body()).contains("all of these have completed");
    assertThat(town.post(path("/backfill"), done + "&again=1").statusCode()).isEqualTo(303);
    town.store
        .schedules()
        .of(deployment.id())
        .forEach(each -> town.store.schedules().delete(each.id()));
  }

  @Test
  void whoHoldsASlotIsSeenAndFreed() {
    HttpResponse<String> wrong = town.post("/concurrency", "kind=TAG&name=crm&slots=many");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("is no number");
    town.post("/concurrency", "kind=TAG&name=crm&slots=2");
    assertThat(town.store.limits().find(LimitKey.tag("crm")).orElseThrow().limit())
        .isEqualTo(Limit.of(LimitKey.tag("crm"), 2));
    FlowRun run = town.hold(deployment, "crm");
    assertThat(town.get("/concurrency?limit=tag%20crm").body())
        .contains(run.name(), "task run 'upsert-0'", "1 of 2", "Ingest prices/nightly")
        .containsPattern("(?s)In line.*upsert-1.*2 slots")
        .containsPattern("(?s)Lease ends in.*[89] min");
    String holder = "kind=TAG&name=crm&holder=" + run.id() + "-upsert";
    assertThat(town.post("/concurrency/free", holder).statusCode()).isEqualTo(303);
    assertThat(town.post("/concurrency/free", holder).body()).contains("nobody holds this slot");
    assertThat(town.get("/concurrency?limit=tag%20crm").body()).contains("All its slots are free");
    town.post("/concurrency/delete", "kind=TAG&name=crm");
    assertThat(town.get("/concurrency").body()).contains("No limits yet");
    assertThat(town.get("/work-pools").body())
        .contains("Nobody works this pool", "penstock worker start --pool default");
  }
}
