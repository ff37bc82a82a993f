package dev.penstock.flow.engine;

import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.Task;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.plan.Action;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline inside a task, whose process stands still, dies or fails after the first commit.
@Timeout(180)
class PipelineTakeOverTest {
  /// More than two units of the usual 100,000.
  private static final List<Integer> NUMBERS = IntStream.range(0, 250_000).boxed().toList();

  private static final int MIDDLE = 150_000;

  @TempDir private Path directory;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final MemoryTable<Integer> table = new MemoryTable<>("numbers");
  private final AtomicLong read = new AtomicLong();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RunEngine engine(String owner) {
    return new RunEngine(store, EngineSettings.of(owner, lines::add), false, TaskThreads.OF_JVM);
  }

  private FlowRun made() {
    return store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "quiet-otter",
                new FlowRun.Origin("ingest", null, "pool", "default", 0, "v1", null),
                FlowRun.Call.of("{}", List.of()),
                null));
  }

  private RunnablePipeline load(Action<Integer> tap) {
    return Pipeline.from(MemorySource.of(NUMBERS))
        .tap(number -> {
          read.incrementAndGet();
          tap.accept(number);
        })
        .to(table);
  }

  private static FlowProgram flow(Task task, RunnablePipeline pipeline) {
    return Bodies.flow(
        "ingest",
        _ -> {
          task.pipeline(pipeline);
          return null;
        });
  }

  @Test
  void anotherProcessGoesOnFromTheLastCommitAndTheOneBeforeChangesNothing() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch wakes = new CountDownLatch(1);
    RunnablePipeline pipeline =
        load(number -> {
          if (number == MIDDLE && stuck.getCount() == 1) {
            stuck.countDown();
            wakes.await();
          }
        });
    FlowRun run = made();
    Claimed claimed = store.flowRuns().take(run.id(), "zombie", Duration.ZERO).orElseThrow();
    try (RunEngine zombie = engine("zombie");
        RunEngine next = engine("next")) {
      CompletableFuture<FlowEnd> before =
          CompletableFuture.supplyAsync(() -> zombie.run(claimed, flow(task("load"), pipeline)));
      assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(table.content()).hasSize(100_000);
      assertThat(store.flowRuns().expire(3)).containsExactly(run.id());

      FlowEnd end = next.runHere(run.id(), flow(task("load"), pipeline));
      assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
      assertThat(table.content()).isEqualTo(NUMBERS);
      assertThat(read.get()).isLessThan(MIDDLE + 150_100L);

      wakes.countDown();
      assertThat(before.get(30, TimeUnit.SECONDS).state().name()).isNotEqualTo(StateName.COMPLETED);
    }
    assertThat(table.content()).isEqualTo(NUMBERS);
    assertThat(table.violations()).isEmpty();
    assertThat(lines).anyMatch(line -> line.contains("was lost"));
  }

  @Test
  void whatWasKeptForGoingOnIsRemovedWhenTheTaskIsOver() throws Exception {
    FlowRun run = made();
    try (RunEngine engine = engine("here")) {
      engine.runHere(run.id(), flow(task("load"), load(_ -> {})));
    }
    try (var log = table.log()) {
      assertThat(table.cuts()).isNotEmpty();
      assertThat(log.claim(run.id() + "/0/000000 load", Set.of(new Split("split-0"))).last())
          .isEmpty();
    }
  }

  private Action<Integer> failingOnce() {
    AtomicLong failures = new AtomicLong();
    return number -> {
      if (number == MIDDLE && failures.getAndIncrement() == 0) {
        throw new IOException("for a moment");
      }
    };
  }

  @Test
  void aTaskThatIsTriedAgainGoesOnToo() throws Exception {
    try (RunEngine engine = engine("here")) {
      FlowEnd end = engine.runHere(made().id(), flow(task("load").retries(1), load(failingOnce())));
      assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    }
    assertThat(table.content()).isEqualTo(NUMBERS);
    assertThat(read.get()).isEqualTo(MIDDLE + 1 + 150_000L);
  }

  @Test
  void atOnceItIsAllOrNothing() throws Exception {
    try (RunEngine engine = engine("here")) {
      FlowEnd end = engine.runHere(made().id(), flow(task("load").atOnce(), load(failingOnce())));
      assertThat(end.failure()).hasMessage("for a moment");
    }
    assertThat(table.content()).isEmpty();
    assertThat(lines)
        .anyMatch(
            line -> line.endsWith("Would begin again if its process was lost: it commits at once"));
  }

  @Test
  void aPipelineThatCannotGoOnRunsAsBeforeAndTheLogSaysWhy() throws Exception {
    try (RunEngine engine = engine("here")) {
      FlowEnd end =
          engine.runHere(made().id(), flow(task("load"), Pipeline.over(List.of(1, 2)).to(table)));
      assertThat(end.failure()).isNull();
    }
    assertThat(table.content()).containsExactly(1, 2);
    assertThat(lines)
        .anyMatch(line ->
            line.contains(
                "Would begin again if its process was lost: over([1, 2]) cannot be"
                    + " resumed: it has no positions to go on from"));
  }
}
