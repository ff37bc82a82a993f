package dev.penstock.flow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers as processes, whose runs are processes, killed and stopped in the middle of a flow.
abstract class WorkerProcessesContract {
  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();
  private StoreUrl url;
  private Store store;
  private FlowRun run;

  /// Where an empty store is.
  abstract StoreUrl url(Path directory);

  /// Whether a stopped process keeps all others from writing.
  abstract boolean isLocked(StoreUrl url) throws Exception;

  @BeforeEach
  void begin() {
    url = url(directory);
    store = Store.open(url);
    store.workPools().create("apart", WorkPool.Type.PROCESS, null);
    Deployment deployment =
        store
            .deployments()
            .deploy(
                TestFlow.NAME,
                "test",
                new DeployedCode.Source("v1", "steps.java", ""),
                Deployment.Settings.in("apart"),
                null);
    run = new DeploymentRuns(store).create(deployment, "{}", List.of(), null, null);
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    store.close();
  }

  private Process worker(String name) throws IOException {
    Process process =
        WorkerMain.process(
                directory.resolve(name + ".log"), url.value(), directory.toString(), name)
            .start();
    processes.add(process);
    return process;
  }

  private void await(String what, Condition condition) throws Exception {
    Instant end = Instant.now().plusSeconds(90);
    while (!condition.holds()) {
      assertThat(Instant.now())
          .as("%s; run is %s; logs: %s", what, history(), logs())
          .isBefore(end);
      Thread.sleep(20);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private List<String> done() throws IOException {
    Path done = directory.resolve("done");
    return Files.exists(done) ? Files.readAllLines(done) : List.of();
  }

  private long count(String line) throws IOException {
    return done().stream().filter(line::equals).count();
  }

  private StateName state() {
    return store.flowRuns().find(run.id()).orElseThrow().state().name();
  }

  private List<StateName> history() {
    return store.flowRuns().history(run.id()).stream().map(State::name).toList();
  }

  private String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        text.append(log.getFileName()).append(":\n").append(Files.readString(log)).append('\n');
      }
    }
    return text.toString();
  }

  private void go() throws IOException {
    Files.createFile(directory.resolve("go"));
  }

  private static ProcessHandle child(Process worker) {
    Optional<ProcessHandle> child = worker.children().findFirst();
    return child.orElseThrow();
  }

  /// Stops them where none is in the middle of a write.
  private void stop(ProcessHandle... stopped) throws Exception {
    signal("STOP", stopped);
    while (isLocked(url)) {
      signal("CONT", stopped);
      Thread.sleep(20);
      signal("STOP", stopped);
    }
  }

  private static void signal(String name, ProcessHandle... processes) throws Exception {
    for (ProcessHandle process : processes) {
      String pid = String.valueOf(process.pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }
  }

  @Test
  void aRunRunsInAProcessOfItsOwn() throws Exception {
    go();
    worker("a");
    await("completed", () -> state() == StateName.COMPLETED);
    assertThat(history())
        .containsExactly(
            StateName.SCHEDULED,
            StateName.PENDING,
            StateName.SUBMITTING,
            StateName.RUNNING,
            StateName.COMPLETED);
  }

  @Test
  void aKilledRunIsTakenOverAtOnceByAWorkerThatSawItDie() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    child(a).destroyForcibly();
    go();
    await("completed", () -> state() == StateName.COMPLETED);
    assertThat(count("first")).isEqualTo(1);
    assertThat(history()).contains(StateName.CRASHED, StateName.AWAITING_RETRY);
  }

  @Test
  void whenWorkerAndRunAreKilledAnotherWorkerTakesTheRunOver() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    ProcessHandle child = child(a);
    a.destroyForcibly();
    child.destroyForcibly();
    Instant killed = Instant.now();
    go();
    worker("b");
    await("completed", () -> state() == StateName.COMPLETED);
    assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(count("first")).isEqualTo(1);
    assertThat(count("third")).isEqualTo(1);
  }

  @Test
  void aRunOutlivesItsWorker() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    ProcessHandle child = child(a);
    a.destroyForcibly();
    worker("b");
    go();
    await("completed", () -> state() == StateName.COMPLETED);
    assertThat(count("second")).isEqualTo(1);
    assertThat(history()).doesNotContain(StateName.CRASHED);
    child.onExit().get();
  }

  @Test
  void aRunThatSleptPastItsLeaseChangesNothing() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    ProcessHandle child = child(a);
    stop(child, a.toHandle());
    worker("b");
    await("taken over", () -> count("waiting") == 2);
    go();
    await("completed", () -> state() == StateName.COMPLETED);
    List<StateName> before = history();
    signal("CONT", child, a.toHandle());
    child.onExit().get();
    assertThat(history()).isEqualTo(before);
    assertThat(count("third")).isEqualTo(1);
  }

  @Test
  void aWorkerThatIsToldToEndLetsItsRunGoToAnother() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    a.destroy();
    assertThat(a.onExit().get().exitValue()).isEqualTo(143);
    assertThat(state()).isEqualTo(StateName.AWAITING_RETRY);
    assertThat(store.workers().list()).isEmpty();
    go();
    worker("b");
    await("completed", () -> state() == StateName.COMPLETED);
    assertThat(count("first")).isEqualTo(1);
  }

  @Test
  void aRunThatIsCancelledEnds() throws Exception {
    Process a = worker("a");
    await("in the second task", () -> count("waiting") == 1);
    store.flowRuns().cancel(run.id());
    await("cancelled", () -> state() == StateName.CANCELLED);
    await("its process is gone", () -> a.children().findAny().isEmpty());
  }
}
