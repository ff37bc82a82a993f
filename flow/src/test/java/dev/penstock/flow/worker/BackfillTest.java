package dev.penstock.flow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may be filled back, and how far that is.
class BackfillTest {
  private static final Schedule AT_SIX = Schedule.cron("0 6 * * *", ZoneOffset.UTC);
  private static final Instant NOW = Instant.parse("2026-03-03T07:00:00Z");

  @TempDir private Path directory;
  private Store store;
  private Deployment deployment;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")), () -> NOW);
    deployment =
        store
            .deployments()
            .deploy(
                "ingest",
                "nightly",
                new DeployedCode.Source("v1", "ingest.java", ""),
                new Deployment.Settings(
                    "",
                    "{}",
                    null,
                    List.of(),
                    Deployment.Target.in(WorkPool.DEFAULT),
                    Deployment.Limit.NONE),
                List.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Backfill days(String from, String to) {
    return Backfill.of(store, deployment, AT_SIX, at(from), at(to), false);
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  @Test
  void onlyTicksThatHavePassedAreRun() {
    assertThat(days("2026-03-01", "2026-03-04").refusal(NOW)).as("that of today has").isEmpty();
    assertThat(days("2026-03-01", "2026-03-05").refusal(NOW))
        .hasValue(
            "a backfill runs ticks that have passed, and the one of 2026-03-04T06:00:00Z is still"
                + " to come: end the range before it");
    assertThat(days("2999-01-01", "2999-02-01").refusal(NOW).orElseThrow())
        .contains("the one of 2999-01-01T06:00:00Z is still to come");
    assertThat(
            Backfill.of(
                    store,
                    deployment,
                    AT_SIX,
                    at("2026-03-01"),
                    at("2026-03-01").plusSeconds(60),
                    false)
                .refusal(NOW)
                .orElseThrow())
        .contains("has no tick in this range");
  }

  @Test
  void howFarItIsCanBeTold() {
    String id = days("2026-03-01", "2026-03-04").start(store, 2, null);
    assertThat(progress(id))
        .isEqualTo(new Backfill.Progress(at("2026-03-01"), at("2026-03-04"), 3, 0));
    assertThat(new Scheduler(store).tick()).isEqualTo(2);
    assertThat(progress(id).begun()).isEqualTo(2);
  }

  private Backfill.Progress progress(String id) {
    DeploymentSchedule schedule = store.schedules().find(id).orElseThrow();
    return Backfill.Progress.of(schedule);
  }
}
