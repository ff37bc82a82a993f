package dev.penstock.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.run.RunClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks and flows whose time is over.
@Timeout(180)
class StuckTaskTest {
  @TempDir private Path directory;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> afterwards = new CompletableFuture<>();
  private Store store;
  private RunEngine engine;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
    engine =
        new RunEngine(
            store,
            new EngineSettings(
                "here",
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                RunClock.SYSTEM,
                lines::add));
  }

  @AfterEach
  void close() {
    released.countDown();
    engine.close();
    store.close();
  }

  /// Does not answer to interrupts until it is released; then it calls a task.
  private @Nullable String deaf() {
    begun.countDown();
    while (true) {
      try {
        released.await();
        break;
      } catch (InterruptedException e) {
        // deaf
      }
    }
    try {
      Bodies.task("late", () -> null);
      afterwards.complete("done");
    } catch (Throwable e) {
      afterwards.completeExceptionally(e);
      throw e;
    }
    return null;
  }

  private FlowEnd run(FlowProgram program) throws InterruptedException {
    return engine.runHere(program, FlowRun.Call.of("{}", List.of()), null);
  }

  private static TaskSettings settings(Duration timeout) {
    return TaskSettings.named("load").timeout(timeout).tags(List.of("db"));
  }

  private FlowProgram stuck() {
    TaskSettings load =
        settings(Duration.ofMillis(100)).retry(Retry.times(3).every(Duration.ofMillis(1)));
    return Bodies.flow("ingest", _ -> Calls.task(load, Bodies.work(this::deaf)));
  }

  @Test
  void oneThatDoesNotAnswerFailsItsRunAndSaysWhereItStands() throws Exception {
    store.limits().set(Limit.of(LimitKey.tag("db"), 1));
    FlowEnd end = run(stuck());
    assertThat(end.state().name()).isEqualTo(StateName.FAILED);
    assertThat(end.failure())
        .isInstanceOf(StuckTask.class)
        .hasMessageContaining("task run 'load-0' was interrupted after")
        .hasMessageContaining("StuckTaskTest.deaf(StuckTaskTest.java:");
    assertThat(store.limits().find(LimitKey.tag("db")).orElseThrow().taken()).isEmpty();
    assertThat(store.taskRuns().of(end.run(), 0, "", 10))
        .singleElement()
        .returns(StateName.FAILED, task -> task.state().name())
        .returns(1, TaskRun::attempt);
  }

  @Test
  void whatItDoesLaterIsRefused() throws Exception {
    FlowEnd end = run(stuck());
    released.countDown();
    assertThat(afterwards)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("has not waited for it any longer");
    assertThat(store.taskRuns().of(end.run(), 0, "", 10)).hasSize(1);
  }

  @Test
  void oneThatAnswersHasTimedOut() throws Exception {
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ ->
                    Calls.task(
                        settings(Duration.ofMillis(50)),
                        Bodies.work(() -> {
                          Thread.sleep(60_000);
                          return null;
                        }))));
    assertThat(end.failure()).isInstanceOf(TaskTimedOut.class);
    assertThat(store.taskRuns().of(end.run(), 0, "", 10).getFirst().state().name())
        .isEqualTo(StateName.TIMED_OUT);
  }

  @Test
  void aFlowThatDoesNotAnswerFailsToo() throws Exception {
    FlowSettings settings = new FlowSettings(null, Duration.ofMillis(50), false, List.of());
    FlowEnd end = run(Bodies.flow("ingest", settings, _ -> deaf()));
    assertThat(end.failure()).isInstanceOf(StuckTask.class).hasMessageContaining("flow run '");
    assertThat(store.flowRuns().find(end.run()).orElseThrow().state().name())
        .isEqualTo(StateName.FAILED);
  }

  @Test
  void oneThatDoesNotAnswerDoesNotHoldUpACancel() throws Exception {
    CompletableFuture<FlowEnd> end =
        CompletableFuture.supplyAsync(() -> {
          try {
            return run(
                Bodies.flow(
                    "ingest",
                    _ -> Calls.task(settings(Duration.ofHours(1)), Bodies.work(this::deaf))));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    String run = store.flowRuns().list(RunFilter.ALL, Page.first(1)).getFirst().id();
    store.flowRuns().cancel(run);
    assertThat(end.get(20, TimeUnit.SECONDS).state().name()).isEqualTo(StateName.CANCELLED);
    assertThat(lines).anyMatch(line -> line.contains("StuckTaskTest.deaf("));
  }

  @Test
  void itsTimeDoesNotTakeItOutOfItsTransaction() throws Exception {
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ ->
                    Calls.transaction(() -> {
                      Calls.task(
                          settings(Duration.ofMinutes(1)),
                          Bodies.work(() -> {
                            Calls.task(TaskSettings.named("part"), new Undoable());
                            return null;
                          }));
                      throw new IllegalStateException("after it");
                    })));
    assertThat(end.failure()).hasMessage("after it");
    assertThat(lines).anyMatch(line -> line.contains("Rolling back 1 tasks"));
  }

  private static final class Undoable implements TaskWork<@Nullable String> {
    @Override
    public @Nullable String run(TaskRunning running) {
      return null;
    }

    @Override
    public boolean undoable() {
      return true;
    }

    @Override
    public @Nullable String write(@Nullable String result) {
      return result;
    }

    @Override
    public @Nullable String read(@Nullable String kept) {
      return kept;
    }
  }

  /// A task is interrupted, and the whole process stands still for a minute.
  @Test
  void oneThatHadNoTimeToAnswerIsNotGivenUp() throws Exception {
    CountDownLatch lookedAgain = new CountDownLatch(1);
    EngineSettings settings =
        new EngineSettings(
            "here", Duration.ofSeconds(15), Duration.ofSeconds(5), RunClock.SYSTEM, lines::add);
    try (RunEngine suspended =
        new RunEngine(store, settings, false, new SuspendedThreads(lookedAgain))) {
      TaskWork<@Nullable String> slow =
          Bodies.work(() -> {
            try {
              return released.await(1, TimeUnit.MINUTES) ? "early" : "late";
            } catch (InterruptedException e) {
              lookedAgain.await();
              throw e;
            }
          });
      FlowProgram program =
          Bodies.flow("ingest", _ -> Calls.task(settings(Duration.ofMillis(100)), slow));
      FlowEnd end = suspended.runHere(program, FlowRun.Call.of("{}", List.of()), null);
      assertThat(end.failure()).isInstanceOf(TaskTimedOut.class);
    }
  }

  /// Those of the JVM, for which a minute goes by unseen when one of them has been interrupted.
  private static final class SuspendedThreads implements TaskThreads {
    private final CountDownLatch lookedAgain;
    private final AtomicLong still = new AtomicLong();

    SuspendedThreads(CountDownLatch lookedAgain) {
      this.lookedAgain = lookedAgain;
    }

    @Override
    public Begun begin(String name, Runnable body) {
      return OF_JVM.begin(name, body);
    }

    @Override
    public Begun beginApart(String name, Runnable body) {
      return new Suspended(OF_JVM.beginApart(name, body));
    }

    @Override
    public long nanos() {
      return OF_JVM.nanos() + still.get();
    }

    private final class Suspended implements Begun {
      private final Begun begun;
      private boolean interrupted;

      Suspended(Begun begun) {
        this.begun = begun;
      }

      @Override
      public boolean join(Duration atMost) throws InterruptedException {
        if (interrupted && still.get() > 0) {
          lookedAgain.countDown();
        } else if (interrupted) {
          still.set(Duration.ofMinutes(1).toNanos());
        }
        return begun.join(atMost);
      }

      @Override
      public void join() throws InterruptedException {
        begun.join();
      }

      @Override
      public boolean isOver() {
        return begun.isOver();
      }

      @Override
      public void interrupt() {
        interrupted = true;
        begun.interrupt();
      }

      @Override
      public Thread thread() {
        return begun.thread();
      }
    }
  }
}
