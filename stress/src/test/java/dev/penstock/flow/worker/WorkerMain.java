package dev.penstock.flow.worker;

import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A worker of a `process` pool as a process, and the processes of its runs.
final class WorkerMain {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  private WorkerMain() {}

  /// @param args the store, the directory of [TestFlow]; then a worker's name, or for the process
  ///   of a run `run`, the id of the run, the owner and the fence of the worker's lease
  public static void main(String[] args) throws Exception {
    String url = args[0];
    Path directory = Path.of(args[1]);
    try (Store store = Store.open(new StoreUrl(url))) {
      if (args[2].equals("run")) {
        Lease worker = new Lease(args[3], args[4], Long.parseLong(args[5]));
        int code =
            new RunProcess(store, (_, _) -> new TestFlow(directory), System.err::println)
                .run(worker, LEASE, HEARTBEAT);
        System.exit(code);
      }
      work(store, url, directory, args[2]);
    }
  }

  private static void work(Store store, String url, Path directory, String name)
      throws InterruptedException {
    WorkerSettings.Times times =
        new WorkerSettings.Times(
            LEASE,
            HEARTBEAT,
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1));
    ProcessRuns runs =
        new ProcessRuns(
            store,
            (lease, _) ->
                process(
                    directory.resolve(name + ".run.log"),
                    url,
                    directory.toString(),
                    "run",
                    lease.run(),
                    lease.owner(),
                    String.valueOf(lease.fence())));
    Worker worker =
        new Worker(
            store,
            new WorkerSettings(
                name,
                name + " " + ProcessHandle.current().pid(),
                "test",
                "apart",
                List.of(),
                4,
                times),
            runs,
            LocalRuntime.resultFiles(),
            System.err::println);
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(worker, main)));
    worker.run();
  }

  private static void drain(Worker worker, Thread main) {
    worker.drain();
    try {
      main.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// This class in a JVM of its own.
  static ProcessBuilder process(Path log, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WorkerMain.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
  }
}
