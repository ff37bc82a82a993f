package dev.penstock.flow.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Three schedulers at once, each with its own connections to the store.
abstract class ThreeSchedulersContract {
  private static final Duration TIME = Duration.ofSeconds(8);

  /// Where an empty store is.
  abstract StoreUrl url() throws Exception;

  @Test
  void noTickIsLostOrDoubled() throws Exception {
    StoreUrl url = url();
    try (Store store = Store.open(url);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<NewSchedule> schedules = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        schedules.add(
            new NewSchedule(
                "interval PT1S anchor=2026-01-01T00:00:00." + i + "00Z",
                "{}",
                "LATEST",
                null,
                Duration.ZERO));
      }
      Deployment deployment =
          store
              .deployments()
              .deploy(
                  "ingest",
                  "often",
                  new DeployedCode.Source("v1", "ingest.java", ""),
                  Deployment.Settings.in(WorkPool.DEFAULT),
                  schedules);
      Map<String, Instant> begins =
          store.schedules().of(deployment.id()).stream()
              .collect(Collectors.toMap(DeploymentSchedule::id, DeploymentSchedule::last));
      List<Future<Integer>> made = new ArrayList<>();
      Instant end = Instant.now().plus(TIME);
      for (int i = 0; i < 3; i++) {
        made.add(threads.submit(() -> schedule(url, end)));
      }
      int sum = 0;
      for (Future<Integer> each : made) {
        sum += each.get();
      }
      List<FlowRun> runs = store.flowRuns().list(RunFilter.ALL, Page.first(1000));
      assertThat(runs).hasSize(sum);
      List<Instant> wanted = new ArrayList<>();
      for (DeploymentSchedule schedule : store.schedules().of(deployment.id())) {
        Instant begin = requireNonNull(begins.get(schedule.id()));
        wanted.addAll(
            Schedule.parse(schedule.settings().spec())
                .ticks(begin.plusNanos(1), schedule.last().plusNanos(1), 1000));
      }
      assertThat(wanted).hasSizeGreaterThan(20);
      assertThat(runs.stream().map(run -> run.call().intervalTo()))
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  private static int schedule(StoreUrl url, Instant end) {
    try (Store store = Store.open(url)) {
      Scheduler scheduler = new Scheduler(store);
      int made = 0;
      while (Instant.now().isBefore(end)) {
        made += scheduler.tick();
      }
      return made;
    }
  }
}
