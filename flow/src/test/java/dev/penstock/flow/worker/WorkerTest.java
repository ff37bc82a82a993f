package dev.penstock.flow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkerNameTaken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers of an `inline` pool in this process, on real time.
class WorkerTest {
  private static final WorkerSettings.Times QUICK =
      new WorkerSettings.Times(
          Duration.ofSeconds(3),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2));

  @TempDir private Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
    store.workPools().create("here", WorkPool.Type.INLINE, null);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// A worker on a thread of its own.
  private final class Working implements AutoCloseable {
    private final RunEngine engine;
    private final Worker worker;
    private final Thread thread;

    Working(String name, int limit, WorkerSettings.Times times, Programs programs) {
      engine =
          new RunEngine(
              store,
              new EngineSettings(
                  name + "-1",
                  times.lease(),
                  times.heartbeat(),
                  EngineSettings.of(name, _ -> {}).clock(),
                  _ -> {}));
      worker =
          new Worker(
              store,
              new WorkerSettings(name, name + "-1", "test", "here", List.of(), limit, times),
              new InlineRuns(engine, programs),
              files(),
              _ -> {});
      thread = Thread.ofPlatform().start(this::work);
    }

    private void work() {
      try {
        worker.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws InterruptedException {
      worker.drain();
      thread.join();
      engine.close();
    }
  }

  private Programs programs() {
    return (_, _) -> new TestFlow(directory);
  }

  private Deployment deploy(NewSchedule... schedules) {
    return store
        .deployments()
        .deploy(
            TestFlow.NAME,
            "test",
            new DeployedCode.Source("v1", "steps.java", ""),
            Deployment.Settings.in("here"),
            List.of(schedules));
  }

  private FlowRun run(Deployment deployment) {
    return new DeploymentRuns(store).create(deployment, "{}", List.of(), null, null);
  }

  private FlowRun.Origin origin(FlowRun run) {
    return store.flowRuns().find(run.id()).orElseThrow().origin();
  }

  private StateName state(FlowRun run) {
    return store.flowRuns().find(run.id()).orElseThrow().state().name();
  }

  private void go() throws IOException {
    Files.createFile(directory.resolve("go"));
  }

  private List<String> done() throws IOException {
    Path done = directory.resolve("done");
    return Files.exists(done) ? Files.readAllLines(done) : List.of();
  }

  private static void await(Condition condition) throws Exception {
    Instant end = Instant.now().plusSeconds(40);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(10);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private ResultFiles files() {
    return new ResultFiles(directory.resolve("results"));
  }

  @Test
  void whatIsMadeIsRun() throws Exception {
    go();
    try (Working _ = new Working("w", 4, QUICK, programs())) {
      FlowRun run = run(deploy());
      await(() -> state(run) == StateName.COMPLETED);
      assertThat(origin(run).version()).isEqualTo("v1");
      assertThat(done()).containsExactly("first", "waiting", "second", "third");
    }
    assertThat(store.workers().list()).isEmpty();
  }

  @Test
  void schedulesTickWithoutAnotherProcess() throws Exception {
    go();
    deploy(NewSchedule.of("interval PT1S anchor=2026-01-01T00:00:00Z"));
    try (Working _ = new Working("w", 4, QUICK, programs())) {
      await(() ->
          store.flowRuns().list(RunFilter.ALL, Page.first(10)).stream()
                  .filter(run -> run.state().name() == StateName.COMPLETED)
                  .count()
              >= 2);
    }
  }

  @Test
  void noMoreRunAtOnceThanTheWorkerIsToRun() throws Exception {
    Deployment deployment = deploy();
    try (Working _ = new Working("w", 2, QUICK, programs())) {
      for (int i = 0; i < 5; i++) {
        run(deployment);
      }
      await(() -> done().stream().filter("waiting"::equals).count() == 2);
      assertThat(
              store.flowRuns().list(RunFilter.ALL, Page.first(10)).stream()
                  .filter(run -> run.state().type().isHeld()))
          .hasSize(2);
      go();
      await(() -> done().stream().filter("third"::equals).count() == 5);
    }
  }

  @Test
  void aWorkerThatDrainsWaitsForItsRunsAndTakesNothingNew() throws Exception {
    Deployment deployment = deploy();
    FlowRun first = run(deployment);
    Working working = new Working("w", 1, QUICK, programs());
    await(() -> done().contains("waiting"));
    FlowRun second = run(deployment);
    working.worker.drain();
    await(() -> store.workers().list().getFirst().state().name().equals("DRAINING"));
    go();
    working.close();
    assertThat(state(first)).isEqualTo(StateName.COMPLETED);
    assertThat(state(second)).isEqualTo(StateName.SCHEDULED);
  }

  @Test
  void aRunThatOutlastsTheGraceGoesOnElsewhere() throws Exception {
    FlowRun run = run(deploy());
    Working first = new Working("first", 1, QUICK.drain(Duration.ofMillis(300)), programs());
    await(() -> done().contains("waiting"));
    first.close();
    assertThat(state(run)).isEqualTo(StateName.AWAITING_RETRY);
    go();
    try (Working _ = new Working("second", 1, QUICK, programs())) {
      await(() -> state(run) == StateName.COMPLETED);
    }
    assertThat(done().stream().filter("first"::equals)).hasSize(1);
  }

  @Test
  void aRunWhoseCodeAWorkerCannotGetIsLeftToOneThatCan() throws Exception {
    go();
    FlowRun run = run(deploy());
    Programs none =
        (_, _) -> {
          throw new CodeUnavailable("no such jar");
        };
    try (Working _ = new Working("without", 1, QUICK, none)) {
      await(
          () -> store.workers().list().stream().anyMatch(worker -> worker.lacks().contains("v1")));
      assertThat(state(run)).isEqualTo(StateName.SCHEDULED);
      try (Working _ = new Working("with", 1, QUICK, programs())) {
        await(() -> state(run) == StateName.COMPLETED);
      }
    }
  }

  @Test
  void aRunWhoseFlowIsNotInItsCodeFails() throws Exception {
    FlowRun run = run(deploy());
    Programs broken =
        (_, flow) -> {
          throw new IllegalArgumentException("there is no flow " + flow);
        };
    try (Working _ = new Working("w", 1, QUICK, broken)) {
      await(() -> state(run) == StateName.FAILED);
      assertThat(store.flowRuns().find(run.id()).orElseThrow().state().message())
          .isEqualTo("there is no flow steps");
    }
  }

  @Test
  void aSecondWorkerOfTheSameNameIsRefused() throws Exception {
    try (Working _ = new Working("w", 1, QUICK, programs())) {
      await(() -> !store.workers().list().isEmpty());
      Worker second =
          new Worker(
              store,
              new WorkerSettings("w", "other", "test", "here", List.of(), 1, QUICK),
              (_, _, _) -> {
                throw new IllegalStateException();
              },
              files(),
              _ -> {});
      assertThatThrownBy(second::run).isInstanceOf(WorkerNameTaken.class);
      assertThat(store.workers().list()).hasSize(1);
    }
  }
}
