package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What deployments, their schedules, pools, queues and workers keep in every store.
abstract class DeploymentsContract {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final DeployedCode CODE =
      new DeployedCode.Source("v1", "ingest.java", "void main() {}");
  private static final NewSchedule DAILY = NewSchedule.of("cron 0 6 * * *");
  private static final NewSchedule HOURLY = NewSchedule.of("cron 0 * * * *");

  private Store store;

  /// An empty store.
  abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Deployment deploy(String name, DeployedCode code, @Nullable List<NewSchedule> schedules) {
    return store
        .deployments()
        .deploy("ingest", name, code, Deployment.Settings.in(WorkPool.DEFAULT), schedules);
  }

  private static NewFlowRun run(Deployment deployment, String name) {
    FlowRun.Origin origin =
        new FlowRun.Origin(
            deployment.flow(),
            deployment.id(),
            deployment.settings().target().pool(),
            deployment.settings().target().queue(),
            WorkQueue.PRIORITY,
            deployment.version(),
            null);
    return new NewFlowRun(
        Ids.next(InstantSource.system()), name, origin, FlowRun.Call.of("{}", List.of()), null);
  }

  private List<Claimed> claim(String... lacks) {
    return store
        .flowRuns()
        .claim(new ClaimRequest("worker", WorkPool.DEFAULT, List.of(), List.of(lacks), 10, LEASE));
  }

  @Test
  void whatIsDeployedTwiceIsOneDeploymentWithTheNewerCode() {
    Deployment first = deploy("nightly", CODE, null);
    DeployedCode jar = new DeployedCode.Jar("v2", "/jobs.jar", "abc", "jobs.Ingest");
    Deployment second = deploy("nightly", jar, null);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.version()).isEqualTo("v2");
    assertThat(second.fullName()).isEqualTo("ingest/nightly");
    assertThat(store.codes().find("v2")).contains(jar);
    assertThat(store.deployments().list()).containsExactly(second);
    assertThat(store.deployments().named("nightly")).containsExactly(second);
  }

  @Test
  void aScheduleIsChangedOnlyFromWhatSomebodyHasSeen() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY));
    DeploymentSchedule daily = store.schedules().of(deployment.id()).getFirst();
    assertThat(store.schedules().replace(daily.id(), HOURLY, DAILY)).isFalse();
    assertThat(store.schedules().replace(daily.id(), DAILY, HOURLY)).isTrue();
    assertThat(store.schedules().replace(daily.id(), DAILY, HOURLY)).isFalse();
    DeploymentSchedule hourly = store.schedules().of(deployment.id()).getFirst();
    assertThat(hourly.id()).isEqualTo(daily.id());
    assertThat(hourly.settings()).isEqualTo(HOURLY);
    assertThat(hourly.last()).isAfterOrEqualTo(daily.last());
    String backfill = store.schedules().backfill(deployment.id(), DAILY, Instant.EPOCH, null);
    assertThat(store.schedules().replace(backfill, DAILY, HOURLY)).isFalse();
  }

  @Test
  void aBackfillOfOneKeyIsOneAsItWasFirst() {
    Deployment nightly = deploy("nightly", CODE, null);
    Deployment weekly = deploy("weekly", CODE, null);
    Schedules schedules = store.schedules();
    String first = schedules.backfill(nightly.id(), DAILY, Instant.EPOCH, "monday");
    assertThat(schedules.backfill(nightly.id(), HOURLY, Instant.now(), "monday")).isEqualTo(first);
    assertThat(schedules.of(nightly.id()))
        .extracting(DeploymentSchedule::settings)
        .containsExactly(DAILY);
    assertThat(schedules.keyed(nightly.id(), "monday").orElseThrow().id()).isEqualTo(first);
    assertThat(schedules.keyed(weekly.id(), "monday")).isEmpty();
    assertThat(schedules.backfill(weekly.id(), DAILY, Instant.EPOCH, "monday")).isNotEqualTo(first);
    assertThat(schedules.backfill(nightly.id(), DAILY, Instant.EPOCH, null)).isNotEqualTo(first);
    assertThat(schedules.of(nightly.id())).hasSize(2);
  }

  @Test
  void codeIsKeptAsLongAsSomethingRefersToIt() {
    Deployment deployment = deploy("nightly", CODE, null);
    store.flowRuns().create(run(deployment, "waits"));
    Claimed begun = claim().getFirst();
    store.flowRuns().begin(begun.lease(), "v1");
    deploy("nightly", new DeployedCode.Git("v2", "file:///repo", "abc", "ingest.java"), null);
    assertThat(store.codes().find("v1")).contains(CODE);

    store.flowRuns().move(begun.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    deploy("nightly", new DeployedCode.Source("v3", "ingest.java", ""), null);
    assertThat(store.codes().find("v1")).isEmpty();
    assertThat(store.codes().find("v3")).isPresent();
  }

  @Test
  void aRunThatWaitsBeginsWithTheNewestCodeAndABegunOneKeepsIts() {
    Deployment deployment = deploy("nightly", CODE, null);
    store.flowRuns().create(run(deployment, "begun"));
    Claimed begun = claim().getFirst();
    store.flowRuns().begin(begun.lease(), "v1");
    FlowRun waits = store.flowRuns().create(run(deployment, "waits"));
    deploy("nightly", new DeployedCode.Source("v2", "ingest.java", ""), null);
    assertThat(store.flowRuns().find(waits.id()).orElseThrow().origin().version()).isEqualTo("v2");
    assertThat(store.flowRuns().find(begun.run().id()).orElseThrow().origin().version())
        .isEqualTo("v1");
  }

  @Test
  void aWorkerTakesNoRunWhoseCodeItCannotGet() {
    store.flowRuns().create(run(deploy("nightly", CODE, null), "waits"));
    assertThat(claim("v1")).isEmpty();
    assertThat(claim("v2")).hasSize(1);
  }

  @Test
  void anUnknownPoolOrQueueIsRefusedWithWhatToDo() {
    store.workPools().create("etl", WorkPool.Type.PROCESS, null);
    assertThatThrownBy(() ->
            store
                .deployments()
                .deploy("ingest", "nightly", CODE, Deployment.Settings.in("elt"), null))
        .isInstanceOf(UnknownName.class)
        .hasMessage(
            "there is no work pool \"elt\"; did you mean \"etl\"? penstock work-pool create elt makes it");
    assertThatThrownBy(
            () -> store.workQueues().create(new WorkQueue("elt", "urgent", 1, null, false)))
        .isInstanceOf(UnknownName.class);
  }

  @Test
  void schedulesThatAreDeployedAgainGoOnWhereTheyAre() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY, HOURLY));
    DeploymentSchedule daily = store.schedules().of(deployment.id()).getFirst();
    NewSchedule weekly = NewSchedule.of("cron 0 0 * * 0");
    deploy("nightly", CODE, List.of(DAILY, weekly));
    List<DeploymentSchedule> now = store.schedules().of(deployment.id());
    assertThat(now).extracting(DeploymentSchedule::settings).containsExactly(DAILY, weekly);
    assertThat(now.getFirst()).isEqualTo(daily);

    deploy("nightly", CODE, null);
    assertThat(store.schedules().of(deployment.id())).isEqualTo(now);
  }

  @Test
  void aStepIsTakenOnceFromWhereTheScheduleWasSeen() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY));
    DeploymentSchedule seen = store.schedules().due(10).getFirst().schedule();
    Instant tick = seen.last().plusMillis(1);
    Advance step =
        new Advance(
            List.of(new Advance.Tick(tick, run(deployment, "tick"))), tick, tick.plusSeconds(60));
    Advance same =
        new Advance(
            List.of(new Advance.Tick(tick, run(deployment, "tick"))), tick, tick.plusSeconds(60));
    assertThat(store.schedules().advance(seen, step)).isTrue();
    assertThat(store.schedules().advance(seen, same)).isFalse();
    assertThat(store.flowRuns().list(RunFilter.ALL, Page.first(10))).hasSize(1);
    assertThat(store.schedules().due(10)).isEmpty();
    assertThat(store.schedules().untilNext())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61)));
  }

  @Test
  void aTickHasOneRunEvenIfAScheduleWereMovedBack() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY));
    DeploymentSchedule seen = store.schedules().due(10).getFirst().schedule();
    Instant tick = seen.last().minusSeconds(60);
    assertThat(
            store
                .schedules()
                .advance(
                    seen,
                    new Advance(List.of(new Advance.Tick(tick, run(deployment, "a"))), tick, null)))
        .isTrue();
    Advance again = new Advance(List.of(new Advance.Tick(tick, run(deployment, "b"))), tick, null);
    store.schedules().backfill(deployment.id(), DAILY, tick, null);
    DeploymentSchedule backfill = store.schedules().due(10).getFirst().schedule();
    assertThat(store.schedules().advance(backfill, again)).isTrue();
    assertThat(store.flowRuns().list(RunFilter.ALL, Page.first(10))).hasSize(2);
  }

  @Test
  void aScheduleThatStoodStillGoesOnWithTheTicksThatCome() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY));
    DeploymentSchedule before = store.schedules().of(deployment.id()).getFirst();
    store.schedules().activate(before.id(), false);
    assertThat(store.schedules().due(10)).isEmpty();
    store.schedules().activate(before.id(), true);
    DeploymentSchedule after = store.schedules().due(10).getFirst().schedule();
    assertThat(after.last()).isAfter(before.last());

    store.deployments().pause(deployment.id(), true);
    assertThat(store.schedules().due(10)).isEmpty();
    store.deployments().pause(deployment.id(), false);
    assertThat(store.schedules().due(10)).hasSize(1);
  }

  @Test
  void aDeletedDeploymentLeavesItsRuns() {
    Deployment deployment = deploy("nightly", CODE, List.of(DAILY));
    store.flowRuns().create(run(deployment, "waits"));
    assertThat(store.deployments().delete(deployment.id())).isTrue();
    assertThat(store.deployments().delete(deployment.id())).isFalse();
    assertThat(store.schedules().due(10)).isEmpty();
    assertThat(store.codes().find("v1")).isPresent();
    assertThat(claim()).hasSize(1);
  }

  @Test
  void nobodyTakesRunsOfAPausedPoolOrQueue() {
    Deployment deployment = deploy("nightly", CODE, null);
    store.flowRuns().create(run(deployment, "waits"));
    store.workPools().pause(WorkPool.DEFAULT, true);
    assertThat(claim()).isEmpty();
    store.workPools().pause(WorkPool.DEFAULT, false);
    WorkQueue queue = store.workQueues().find(WorkPool.DEFAULT, WorkQueue.DEFAULT).orElseThrow();
    store.workQueues().change(new WorkQueue(queue.pool(), queue.name(), 3, null, true));
    assertThat(claim()).isEmpty();
    store.workQueues().change(new WorkQueue(queue.pool(), queue.name(), 3, null, false));
    assertThat(claim())
        .singleElement()
        .satisfies(claimed -> assertThat(claimed.run().origin().priority()).isEqualTo(3));
  }

  @Test
  void aPoolIsChangedFromWhatWasSeenOrNotAtAll() {
    WorkPools pools = store.workPools();
    pools.create("etl", WorkPool.Type.INLINE, 2);
    WorkPool seen = pools.find("etl").orElseThrow();
    assertThat(pools.replace(seen, null, true)).isTrue();
    assertThat(pools.replace(seen, 5, false)).isFalse();
    assertThat(pools.find("etl"))
        .hasValue(new WorkPool("etl", WorkPool.Type.INLINE, null, true, seen.created()));
    assertThat(store.limits().find(LimitKey.pool("etl"))).isEmpty();
  }

  @Test
  void aPoolThatDeploymentsUseIsNotDeleted() {
    Deployment deployment = deploy("nightly", CODE, null);
    assertThatThrownBy(() -> store.workPools().delete(WorkPool.DEFAULT))
        .hasMessageContaining("is used by deployments: ingest/nightly");
    store.deployments().delete(deployment.id());
    assertThat(store.workPools().delete(WorkPool.DEFAULT)).isTrue();
    assertThat(store.workPools().list()).isEmpty();
  }

  @Test
  void twoLivingWorkersCannotHaveOneName() {
    Workers workers = store.workers();
    workers.register(new Workers.Registration("w", "first", WorkPool.DEFAULT, "1", 4), LEASE);
    Workers.Registration second = new Workers.Registration("w", "second", WorkPool.DEFAULT, "1", 4);
    assertThatThrownBy(() -> workers.register(second, LEASE))
        .isInstanceOf(WorkerNameTaken.class)
        .hasMessageContaining(
            "there is a worker \"w\" already: process first for work pool \"default\"");
    workers.unregister("w", "first");
    workers.register(second, LEASE);
    assertThat(workers.beat("w", "first", WorkerEntry.State.ONLINE, List.of(), LEASE)).isFalse();
    assertThat(workers.beat("w", "second", WorkerEntry.State.DRAINING, List.of("v1"), LEASE))
        .isTrue();
    assertThat(workers.list())
        .singleElement()
        .satisfies(worker -> {
          assertThat(worker.state()).isEqualTo(WorkerEntry.State.DRAINING);
          assertThat(worker.lacks()).containsExactly("v1");
        });
  }

  @Test
  void theNameOfASilentWorkerIsFreeAgain() {
    Workers workers = store.workers();
    workers.register(
        new Workers.Registration("w", "first", WorkPool.DEFAULT, "1", 4), Duration.ofMillis(-1));
    assertThat(workers.list().getFirst().state()).isEqualTo(WorkerEntry.State.OFFLINE);
    workers.register(new Workers.Registration("w", "second", WorkPool.DEFAULT, "1", 4), LEASE);
    assertThat(workers.list().getFirst().instance()).isEqualTo("second");
    assertThat(workers.forget(Duration.ofSeconds(-1))).isEqualTo(1);
  }

  @Test
  void aRunPassesFromAWorkerToItsProcessAndBack() {
    store.flowRuns().create(run(deploy("nightly", CODE, null), "waits"));
    Lease workers = claim().getFirst().lease();
    store.handovers().submitting(workers);
    Claimed own = store.handovers().take(workers, "child", LEASE).orElseThrow();
    assertThat(store.handovers().take(workers, "other", LEASE)).isEmpty();
    assertThat(store.handovers().release(workers, "no", Duration.ZERO)).isFalse();
    store.flowRuns().begin(own.lease(), "v1");
    assertThat(store.handovers().release(own.lease(), "the worker stops", Duration.ZERO)).isTrue();
    assertThatThrownBy(() -> store.flowRuns().begin(own.lease(), "v1")).isInstanceOf(Fenced.class);
    assertThat(claim()).singleElement().satisfies(next -> assertThat(next.begunBefore()).isTrue());
  }

  @Test
  void aRunWhoseProcessIsKnownToBeGoneIsTakenOverAtOnce() {
    FlowRun run = store.flowRuns().create(run(deploy("nightly", CODE, null), "waits"));
    Lease lease = claim().getFirst().lease();
    store.flowRuns().begin(lease, "v1");
    assertThat(store.handovers().lost(lease, 1)).isTrue();
    assertThat(store.handovers().lost(lease, 1)).isFalse();
    Lease second = claim().getFirst().lease();
    assertThat(store.handovers().lost(second, 1)).isTrue();
    assertThat(store.flowRuns().find(run.id()).orElseThrow().state().name())
        .isEqualTo(StateName.CRASHED);
  }

  @Test
  void runsThatNobodyTakesAreLate() {
    FlowRun run = store.flowRuns().create(run(deploy("nightly", CODE, null), "waits"));
    assertThat(store.handovers().markLate(Duration.ofMinutes(1))).isZero();
    assertThat(store.handovers().markLate(Duration.ofSeconds(-1))).isEqualTo(1);
    assertThat(store.handovers().markLate(Duration.ofSeconds(-1))).isZero();
    assertThat(store.flowRuns().find(run.id()).orElseThrow().state().name())
        .isEqualTo(StateName.LATE);
    assertThat(claim()).hasSize(1);
  }
}
