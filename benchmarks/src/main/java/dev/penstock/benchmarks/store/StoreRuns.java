package dev.penstock.benchmarks.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.ClaimRequest;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// How many empty flow runs a process claims, begins and finishes: `StoreRuns sqlite|postgres RUNS
/// AT_ONCE`.
public final class StoreRuns {
  private static final int BATCH = 50;

  private final Store store;
  private final int runs;

  private StoreRuns(Store store, int runs) {
    this.store = store;
    this.runs = runs;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("benchmarks/target"), "store");
    StoreUrl url =
        args[0].equals("sqlite")
            ? StoreUrl.file(directory.resolve("store.db"))
            : new StoreUrl(Postgres.newDatabase("store"));
    try (Store store = Store.open(url)) {
      StoreRuns benchmark = new StoreRuns(store, Integer.parseInt(args[1]));
      for (int round = 1; round <= 3; round++) {
        benchmark.round(args[0], Integer.parseInt(args[2]));
      }
    }
  }

  private void round(String database, int atOnce) throws Exception {
    double made = perSecond(atOnce, this::makeOne);
    AtomicInteger batches = new AtomicInteger();
    double done =
        perSecond(
            atOnce,
            () -> {
              List<Claimed> some = store.flowRuns().claim(request());
              some.forEach(this::runOne);
              batches.incrementAndGet();
              return some.size();
            });
    System.out.printf(
        Locale.ROOT,
        "%s: %,.0f runs/s made, %,.0f runs/s claimed, begun and finished in %d claims%n",
        database,
        made,
        done,
        batches.get());
  }

  private static ClaimRequest request() {
    return new ClaimRequest("worker", "pool", List.of(), List.of(), BATCH, Duration.ofSeconds(15));
  }

  private int makeOne() {
    FlowRun.Origin origin = new FlowRun.Origin("empty", null, "pool", "default", 0, null, null);
    store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "quiet-otter",
                origin,
                FlowRun.Call.of("{}", List.of()),
                null));
    return 1;
  }

  private void runOne(Claimed claimed) {
    store.flowRuns().begin(claimed.lease(), "v1");
    store.flowRuns().move(claimed.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
  }

  /// Does something, so many at once, until it was done for all runs, or nothing is left to do.
  private double perSecond(int atOnce, Work work) throws Exception {
    AtomicInteger left = new AtomicInteger(runs);
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < atOnce; i++) {
        threads.submit(() -> {
          int done = 1;
          while (done > 0 && left.get() > 0) {
            done = work.some();
            left.addAndGet(-done);
          }
          return null;
        });
      }
    }
    return runs / ((System.nanoTime() - begun) / 1e9);
  }

  /// @return for how many runs something was done
  private interface Work {
    int some() throws Exception;
  }
}
