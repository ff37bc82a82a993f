package dev.penstock.benchmarks.store;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.worker.InlineRuns;
import dev.penstock.flow.worker.Worker;
import dev.penstock.flow.worker.WorkerSettings;
import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// How long after its tick the first line of a scheduled flow runs, in the JVM of a worker: `Ticks
/// sqlite|postgres TICKS`, one a second.
public final class Ticks {
  private static final int WARM_UP = 5;

  /// Notes when it is run.
  private record Noting(BlockingQueue<Instant> begun) implements FlowProgram {
    @Override
    public String flow() {
      return "tick";
    }

    @Override
    public @Nullable String version() {
      return "v1";
    }

    @Override
    public FlowSettings settings() {
      return new FlowSettings(null, null, false, List.of());
    }

    @Override
    public @Nullable String call(String parameters) {
      begun.add(Instant.now());
      return null;
    }
  }

  private Ticks() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("benchmarks/target"), "store");
    StoreUrl url =
        args[0].equals("sqlite")
            ? StoreUrl.file(directory.resolve("store.db"))
            : new StoreUrl(Postgres.newDatabase("store"));
    BlockingQueue<Instant> begun = new LinkedBlockingQueue<>();
    WorkerSettings settings =
        new WorkerSettings(
            "benchmark", "benchmark", "0", "pool", List.of(), 8, WorkerSettings.Times.DEFAULT);
    try (Store store = Store.open(url);
        RunEngine engine = new RunEngine(store, EngineSettings.of(settings.instance(), _ -> {}))) {
      deploy(store);
      Worker worker =
          new Worker(
              store,
              settings,
              new InlineRuns(engine, (_, _) -> new Noting(begun)),
              new ResultFiles(directory),
              _ -> {});
      Thread thread = Thread.ofPlatform().start(() -> work(worker));
      print(args[0], late(begun, Integer.parseInt(args[1])));
      worker.drain();
      thread.join();
    }
  }

  private static void work(Worker worker) {
    try {
      worker.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void deploy(Store store) {
    store.workPools().create("pool", WorkPool.Type.INLINE, null);
    Schedule everySecond = Schedule.every(Duration.ofSeconds(1), Instant.EPOCH, ZoneOffset.UTC);
    store
        .deployments()
        .deploy(
            "tick",
            "each second",
            new DeployedCode.Source("v1", "tick.java", ""),
            Deployment.Settings.in("pool"),
            List.of(NewSchedule.of(everySecond.text())));
  }

  /// How many milliseconds each run began after its second.
  private static double[] late(BlockingQueue<Instant> begun, int ticks)
      throws InterruptedException {
    double[] late = new double[ticks];
    for (int i = -WARM_UP; i < ticks; i++) {
      Instant at = begun.take();
      if (i >= 0) {
        late[i] = at.getNano() / 1e6;
      }
    }
    Arrays.sort(late);
    return late;
  }

  private static void print(String database, double[] late) {
    System.out.printf(
        Locale.ROOT,
        "%s: first line of a scheduled flow after its tick p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        database,
        late[late.length / 2],
        late[late.length * 99 / 100],
        late[late.length - 1]);
  }
}
