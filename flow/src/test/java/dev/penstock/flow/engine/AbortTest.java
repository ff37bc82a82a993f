package dev.penstock.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.pipeline.plan.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of runs whose process is told to end.
class AbortTest {
  private static final FlowSettings RETRIED =
      new FlowSettings(Retry.times(3), null, false, List.of());

  @TempDir private Path directory;
  private final CountDownLatch begun = new CountDownLatch(1);
  private Store store;
  private RunEngine engine;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
    engine = new RunEngine(store, EngineSettings.of("here", _ -> {}));
  }

  @AfterEach
  void close() {
    engine.close();
    store.close();
  }

  private @Nullable String sleep() throws InterruptedException {
    begun.countDown();
    Thread.sleep(Duration.ofMinutes(1));
    return null;
  }

  /// Fails as code does that does not know of interrupts.
  private @Nullable String wrapped() {
    try {
      return sleep();
    } catch (InterruptedException e) {
      throw new IllegalStateException("could not read", e);
    }
  }

  /// Begins it, tells the process to end, and waits for the end of the run.
  private FlowRun aborted(FlowProgram program) throws Exception {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<FlowEnd> end =
          thread.submit(() -> engine.runHere(program, FlowRun.Call.of("{}", List.of()), null));
      begun.await();
      engine.abort(StateName.CRASHED, "its process was told to end");
      assertThat(engine.awaitIdle(Duration.ofSeconds(20))).isTrue();
      return store.flowRuns().find(end.get().run()).orElseThrow();
    }
  }

  private void requireCrashed(FlowRun run) {
    assertThat(run.state().toString()).isEqualTo("Crashed(\"its process was told to end\")");
    TaskRun task = store.taskRuns().of(run.id(), 0, "", 10).getFirst();
    assertThat(task.state().name()).isEqualTo(StateName.CRASHED);
    assertThat(run.owner()).isNull();
  }

  @Test
  void aRunThatSleepsHasCrashed() throws Exception {
    requireCrashed(aborted(Bodies.flow("ingest", _ -> Bodies.task("sleep", this::sleep))));
  }

  @Test
  void aTaskThatFailsForItHasCrashedAndNothingIsTriedAgain() throws Exception {
    FlowProgram program =
        Bodies.flow(
            "ingest",
            RETRIED,
            _ ->
                Calls.task(
                    TaskSettings.named("read").retry(Retry.times(3)), Bodies.work(this::wrapped)));
    FlowRun run = aborted(program);
    requireCrashed(run);
    assertThat(run.attempt()).isEqualTo(1);
  }

  @Test
  void whatItHasCalledHasCrashedToo() throws Exception {
    FlowProgram part = Bodies.flow("part", _ -> Bodies.task("read", this::wrapped));
    FlowRun run =
        aborted(Bodies.flow("all", _ -> Calls.subflow(part, "{}", Bodies.work(() -> null))));
    requireCrashed(run);
    String called = store.taskRuns().of(run.id(), 0, "", 10).getFirst().key().child();
    requireCrashed(store.flowRuns().find(String.valueOf(called)).orElseThrow());
  }

  @Test
  void aRunThatWasToBeCancelledIsCancelled() throws Exception {
    FlowProgram program =
        Bodies.flow(
            "ingest",
            _ ->
                Bodies.task(
                    "read",
                    () -> {
                      store.flowRuns().cancel(Calls.flowRun().id());
                      engine.beat();
                      return wrapped();
                    }));
    assertThat(aborted(program).state().name()).isEqualTo(StateName.CANCELLED);
  }
}
