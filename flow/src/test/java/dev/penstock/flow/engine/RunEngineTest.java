package dev.penstock.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.pipeline.plan.Retry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEngineTest {
  @TempDir private Path directory;
  private Store store;
  private RunEngine engine;
  private final List<String> lines = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
    engine = engine("here");
  }

  private RunEngine engine(String owner) {
    return new RunEngine(store, EngineSettings.of(owner, lines::add));
  }

  @AfterEach
  void close() {
    engine.close();
    store.close();
  }

  private FlowEnd run(FlowProgram program) throws InterruptedException {
    return engine.runHere(program, FlowRun.Call.of("{}", List.of()), null);
  }

  private @Nullable String note(String task) {
    return Bodies.task(
        task,
        () -> {
          done.add(task);
          return "\"" + task + "\"";
        });
  }

  @Test
  void aFlowCallsItsTasksInOrderAndKeepsTheirResults() throws Exception {
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ -> {
                  note("extract");
                  return note("load");
                }));
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(end.result()).isEqualTo("\"load\"");
    assertThat(store.taskRuns().of(end.run(), 0, "", 10))
        .extracting(task -> task.key().name(), task -> task.state().name(), TaskRun::result)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("extract-0", StateName.COMPLETED, "\"extract\""),
            org.assertj.core.groups.Tuple.tuple("load-0", StateName.COMPLETED, "\"load\""));
  }

  @Test
  void itLogsAsPrefectDoes() throws Exception {
    FlowEnd end = run(Bodies.flow("ingest", _ -> note("extract")));
    assertThat(lines)
        .extracting(line -> line.substring(13))
        .containsExactly(
            "| INFO    | Flow run '"
                + end.name()
                + "' - Beginning flow run '"
                + end.name()
                + "' for flow 'ingest'",
            "| INFO    | Flow run '"
                + end.name()
                + "' - Created task run 'extract-0' for task 'extract'",
            "| INFO    | Flow run '" + end.name() + "' - Executing 'extract-0' immediately...",
            "| INFO    | Task run 'extract-0' - Finished in state Completed()",
            "| INFO    | Flow run '" + end.name() + "' - Finished in state Completed()");
    assertThat(lines.getFirst()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d .*");
  }

  @Test
  void aFailedTaskIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ ->
                    Calls.task(
                        TaskSettings.named("extract")
                            .retry(Retry.times(2).every(Duration.ofMillis(1))),
                        Bodies.work(() -> {
                          if (tries.incrementAndGet() < 3) {
                            throw new IOException("not yet");
                          }
                          return "1";
                        }))));
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    String task = store.taskRuns().of(end.run(), 0, "", 10).getFirst().id();
    assertThat(store.taskRuns().history(task))
        .extracting(State::name)
        .containsExactly(
            StateName.RUNNING,
            StateName.AWAITING_RETRY,
            StateName.RETRYING,
            StateName.AWAITING_RETRY,
            StateName.RETRYING,
            StateName.COMPLETED);
  }

  @Test
  void theVeryExceptionOfATaskComesOut() throws Exception {
    IOException cause = new IOException("no such file");
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ ->
                    Bodies.task(
                        "extract",
                        () -> {
                          throw cause;
                        })));
    assertThat(end.state().name()).isEqualTo(StateName.FAILED);
    assertThat(end.failure()).isSameAs(cause);
  }

  @Test
  void whatWasFinishedBeforeACrashIsNotDoneAgain() throws Exception {
    FlowRun made = create("pool");
    Claimed first = store.flowRuns().take(made.id(), "gone", Duration.ZERO).orElseThrow();
    RunEngine gone = engine("gone");
    gone.run(
        first,
        Bodies.flow(
            "ingest",
            _ -> {
              note("extract");
              throw new Unwind.Lost(new IllegalStateException("killed"));
            }));
    gone.close();
    assertThat(store.flowRuns().expire(3)).containsExactly(made.id());

    FlowEnd end =
        engine.runHere(
            made.id(),
            Bodies.flow(
                "ingest",
                _ -> {
                  note("extract");
                  return note("load");
                }));
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(done).containsExactly("extract", "load");
  }

  @Test
  void codeThatNoLongerMatchesIsRefusedNamingBothTasks() throws Exception {
    FlowRun made = create("pool");
    Claimed first = store.flowRuns().take(made.id(), "gone", Duration.ZERO).orElseThrow();
    engine.run(
        first,
        Bodies.flow(
            "ingest",
            _ -> {
              note("extract");
              throw new Unwind.Lost(new IllegalStateException("killed"));
            }));
    store.flowRuns().expire(3);
    FlowEnd end = engine.runHere(made.id(), Bodies.flow("ingest", _ -> note("load")));
    assertThat(end.failure())
        .isInstanceOf(FlowChanged.class)
        .hasMessageContaining("call 000000 was task 'extract', now it is task 'load'");
  }

  @Test
  void aCaughtFailureIsCaughtAgainWhenReplayed() throws Exception {
    FlowRun made = create("pool");
    Claimed first = store.flowRuns().take(made.id(), "gone", Duration.ZERO).orElseThrow();
    AtomicInteger tries = new AtomicInteger();
    FlowProgram program =
        Bodies.flow(
            "ingest",
            _ -> {
              try {
                Bodies.task(
                    "extract",
                    () -> {
                      tries.incrementAndGet();
                      throw new IOException("no such file");
                    });
              } catch (Exception e) {
                assertThat(e).isInstanceOf(IOException.class);
                note("fallback");
              }
              if (tries.getAndIncrement() == 1) {
                throw new Unwind.Lost(new IllegalStateException("killed"));
              }
              return null;
            });
    engine.run(first, program);
    store.flowRuns().expire(3);
    FlowEnd end = engine.runHere(made.id(), program);
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(done).containsExactly("fallback");
  }

  @Test
  void aSensorLeavesTheThreadAndComesBackWithItsValue() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ -> {
                  note("before");
                  return Calls.waitFor(
                      new Calls.Waiting(
                          "file is there", Duration.ofMillis(5), Duration.ofMinutes(1)),
                      Bodies.work(() -> looks.incrementAndGet() < 3 ? null : "\"file\""));
                }));
    assertThat(end.result()).isEqualTo("\"file\"");
    assertThat(done).containsExactly("before");
    assertThat(looks).hasValue(3);
    assertThat(store.flowRuns().history(end.run()))
        .extracting(State::name)
        .contains(StateName.SUSPENDED);
  }

  @Test
  void aFailedFlowIsRunAgainFromTheFailedTask() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    FlowSettings settings =
        new FlowSettings(Retry.times(1).every(Duration.ofMillis(5)), null, false, List.of());
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                settings,
                _ -> {
                  note("extract");
                  return Bodies.task(
                      "load",
                      () -> {
                        if (tries.getAndIncrement() == 0) {
                          throw new IOException("refused");
                        }
                        return "1";
                      });
                }));
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(done).containsExactly("extract");
  }

  @Test
  void aSubflowIsARunOfItsOwn() throws Exception {
    FlowProgram child = Bodies.flow("log rows", parameters -> parameters);
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest", _ -> Calls.subflow(child, "{\"rows\":3}", Bodies.work(() -> null))));
    assertThat(end.result()).isEqualTo("{\"rows\":3}");
    String childRun = store.taskRuns().of(end.run(), 0, "", 10).getFirst().key().child();
    FlowRun found = store.flowRuns().find(childRun).orElseThrow();
    assertThat(found.call().parent()).isEqualTo(end.run());
    assertThat(found.state().name()).isEqualTo(StateName.COMPLETED);
  }

  @Test
  void aCancelledRunIsInterrupted() throws Exception {
    FlowProgram program =
        Bodies.flow(
            "ingest",
            _ ->
                Bodies.task(
                    "sleep",
                    () -> {
                      store.flowRuns().cancel(Calls.flowRun().id());
                      Thread.sleep(Duration.ofMinutes(1));
                      return null;
                    }));
    Thread beating = Thread.ofVirtual().start(() -> beat());
    FlowEnd end = run(program);
    beating.interrupt();
    beating.join();
    assertThat(end.state().name()).isEqualTo(StateName.CANCELLED);
    assertThat(store.taskRuns().of(end.run(), 0, "", 10).getFirst().state().name())
        .isEqualTo(StateName.CANCELLED);
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(20);
        engine.beat();
      }
    } catch (InterruptedException e) {
      // over
    }
  }

  @Test
  void aTaskThatTakesTooLongHasTimedOut() throws Exception {
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ ->
                    Calls.task(
                        TaskSettings.named("sleep").timeout(Duration.ofMillis(20)),
                        Bodies.work(() -> {
                          Thread.sleep(Duration.ofMinutes(1));
                          return null;
                        }))));
    assertThat(end.state().name()).isEqualTo(StateName.TIMED_OUT);
    assertThat(end.failure())
        .hasMessage("task run 'sleep-0' took longer than its timeout of 0.02s");
  }

  private FlowRun create(String pool) {
    FlowRun.Origin origin = new FlowRun.Origin("ingest", null, pool, null, 0, null, null);
    return store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "quiet-otter",
                origin,
                FlowRun.Call.of("{}", List.of()),
                null));
  }
}
