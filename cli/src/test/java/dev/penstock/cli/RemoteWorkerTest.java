package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Secret;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.server.Duties;
import dev.penstock.server.PenstockServer;
import dev.penstock.server.ServerAddress;
import dev.penstock.server.access.NewKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that have nothing but the URL of a server and a key.
class RemoteWorkerTest {
  private static final String FLOW =
      """
      @Flow
      String watch() throws Exception {
        task("first").call(() -> say("first " + secret("token").reveal().length()));
        task("second").call(() -> {
          while (!java.nio.file.Files.exists(java.nio.file.Path.of("go"))) {
            Thread.sleep(20);
          }
          return say("second");
        });
        return "done";
      }

      String say(String word) throws Exception {
        java.nio.file.Files.writeString(java.nio.file.Path.of("said"), word + "\\n",
            java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        log.info("said {}", word);
        return word;
      }

      void main(String... args) { runFlow(args); }
      """;

  /// A file of more than one part goes from the machine of one worker to that of another.
  private static final String HANDED_ON =
      """
      @Flow
      String watch() throws Exception {
        java.nio.file.Path made = task("make").call(() -> make());
        task("second").call(() -> {
          while (!java.nio.file.Files.exists(java.nio.file.Path.of("go"))) {
            Thread.sleep(20);
          }
          return "";
        });
        byte[] read = java.nio.file.Files.readAllBytes(made);
        return read.length + " " + read[read.length - 1];
      }

      java.nio.file.Path make() throws Exception {
        byte[] bytes = new byte[20_000_000];
        bytes[bytes.length - 1] = 7;
        return java.nio.file.Files.write(java.nio.file.Path.of("trips of may.bin"), bytes);
      }

      void main(String... args) { runFlow(args); }
      """;

  @TempDir private Path server;
  @TempDir private Path machine;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Test
  void aRunIsTakenOverWhenTheMachineOfItsWorkerIsLost() throws Exception {
    Path log = machine.resolve("worker.log");
    try (Store store =
            Store.open(
                StoreUrl.file(server.resolve("penstock.db")),
                () -> Instant.now().plus(ahead.get()));
        PenstockServer api = serve(store);
        Duties _ = new Duties(store, vault(store), new ResultFiles(server), _ -> {});
        PenstockProcesses workers = new PenstockProcesses(machine, environment(store, api))) {
      vault(store).secrets().set("token", Secret.of("hidden-token"));
      Process first = workers.start(log, log, "worker", "start", "--name", "one");
      await(log, () -> !store.workers().list().isEmpty()); // in a pool that nobody has made
      FlowRun run = deployedRun(store, FLOW);
      await(log, () -> isAtSecond(store, run));
      PenstockProcesses.kill(first);
      Files.createFile(machine.resolve("go"));
      ahead.set(Duration.ofSeconds(20)); // its lease is over
      workers.start(log, log, "worker", "start", "--name", "two");
      await(log, () -> isCompleted(store.flowRuns().find(run.id()).orElseThrow().state()));
      assertThat(said()).containsExactly("first 12", "second");
      FlowRun ended = store.flowRuns().find(run.id()).orElseThrow();
      assertThat(ended.result()).isEqualTo("\"done\"");
      await(log, () -> logged(store, run).contains("said second")); // soon after its end
      assertThat(store.taskRuns().of(run.id(), 0, "", 10)).hasSize(2);
      assertThat(store.workers().list())
          .anySatisfy(worker -> assertThat(worker.name()).isEqualTo("two"));
    }
    assertThat(Files.readString(log)).doesNotContain("hidden-token", "pk_");
    assertThat(machine.resolve("home/penstock.db")).doesNotExist();
  }

  @Test
  void aFileIsHandedOnToAMachineThatSharesNoDirectory(@TempDir Path other) throws Exception {
    Path log = machine.resolve("worker.log");
    try (Store store =
            Store.open(
                StoreUrl.file(server.resolve("penstock.db")),
                () -> Instant.now().plus(ahead.get()));
        PenstockServer api = serve(store);
        Duties _ = new Duties(store, vault(store), new ResultFiles(server), _ -> {})) {
      Map<String, String> environment = environment(store, api);
      FlowRun run = deployedRun(store, HANDED_ON);
      try (PenstockProcesses first = new PenstockProcesses(machine, environment)) {
        Process worker = first.start(log, log, "worker", "start", "--name", "one");
        await(log, () -> isAtSecond(store, run));
        PenstockProcesses.kill(worker);
      }
      Files.delete(machine.resolve("trips of may.bin"));
      Files.createFile(other.resolve("go"));
      ahead.set(Duration.ofSeconds(20)); // its lease is over
      try (PenstockProcesses second = new PenstockProcesses(other, environment)) {
        second.start(log, log, "worker", "start", "--name", "two");
        await(log, () -> isCompleted(store.flowRuns().find(run.id()).orElseThrow().state()));
      }
      assertThat(store.flowRuns().find(run.id()).orElseThrow().result())
          .isEqualTo("\"20000000 7\"");
    }
  }

  private Vault vault(Store store) {
    return Vault.of(store, server, Map.of());
  }

  private PenstockServer serve(Store store) {
    return PenstockServer.start(
        new ServerAddress("127.0.0.1", 0),
        store,
        vault(store),
        new ResultFiles(server.resolve("results")),
        (_, _) -> "{}");
  }

  private static Map<String, String> environment(Store store, PenstockServer api) {
    store.users().create("ana", Role.ADMIN, "none");
    String key =
        NewKey.make(store.apiKeys(), "workers", NewKey.Grant.of(Role.WORKER), "test", null);
    return Map.of("PENSTOCK_API_URL", api.url(), "PENSTOCK_API_KEY", key);
  }

  private static FlowRun deployedRun(Store store, String flow) {
    store.workPools().create(WorkPool.DEFAULT, WorkPool.Type.PROCESS, null);
    Deployment deployment =
        store
            .deployments()
            .deploy(
                "watch",
                "always",
                new DeployedCode.Source("v1", "watch.java", flow),
                Deployment.Settings.in(WorkPool.DEFAULT),
                null);
    return new DeploymentRuns(store).create(deployment, "{}", List.of(), null, null);
  }

  private static List<String> logged(Store store, FlowRun run) {
    return store.logs().of(run.id(), 0, 100).stream().map(RunLogs.Line::text).toList();
  }

  private List<String> said() throws Exception {
    Path said = machine.resolve("said");
    return Files.exists(said) ? Files.readAllLines(said) : List.of();
  }

  /// Whether its first task is known to be done, and its second one runs.
  private static boolean isAtSecond(Store store, FlowRun run) {
    List<TaskRun> tasks = store.taskRuns().of(run.id(), 0, "", 10);
    return tasks.size() == 2 && isCompleted(tasks.getFirst().state());
  }

  private static boolean isCompleted(State state) {
    return state.name() == StateName.COMPLETED;
  }

  private static void await(Path log, BooleanSupplier what) throws Exception {
    Instant end = Instant.now().plusSeconds(120);
    while (!what.getAsBoolean()) {
      assertThat(Instant.now()).as(Files.readString(log)).isBefore(end);
      Thread.sleep(20);
    }
  }
}
