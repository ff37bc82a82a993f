package dev.penstock.benchmarks.store;

import static dev.penstock.flow.Flows.task;

import dev.penstock.flow.Flow;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.FlowFailed;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What durable tasks cost that do nothing, one after the other and many at once: `Tasks
/// sqlite|postgres TASKS AT_ONCE`.
public final class Tasks {
  private static final int ROUNDS = 3;

  private final RunEngine engine;
  private final long[] nanos;
  private final int atOnce;

  private Tasks(RunEngine engine, int tasks, int atOnce) {
    this.engine = engine;
    this.nanos = new long[tasks];
    this.atOnce = atOnce;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("benchmarks/target"), "store");
    StoreUrl url =
        args[0].equals("sqlite")
            ? StoreUrl.file(directory.resolve("store.db"))
            : new StoreUrl(Postgres.newDatabase("store"));
    try (Store store = Store.open(url);
        RunEngine engine = new RunEngine(store, EngineSettings.of("benchmark", _ -> {}))) {
      LocalRuntime.use(new LocalRuntime.Surroundings(store, engine, directory));
      Tasks benchmark = new Tasks(engine, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      for (int round = 1; round <= ROUNDS; round++) {
        benchmark.round(args[0]);
      }
    }
  }

  @Flow
  void inTurn() {
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      task("nothing").call(this::nothing, i);
      nanos[i] = System.nanoTime() - begun;
    }
  }

  @Flow
  void fanOut() {
    task("nothing").map(IntStream.range(0, nanos.length).boxed().toList(), atOnce, this::nothing);
  }

  int nothing(int i) {
    return i;
  }

  private void round(String database) throws InterruptedException {
    double inTurn = seconds("inTurn");
    double fanOut = seconds("fanOut");
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: a task p50 %.2f ms, p99 %.2f ms; %,d in turn %.1f s, %d at once %.1f s%n",
        database,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos.length,
        inTurn,
        atOnce,
        fanOut);
  }

  private double seconds(String flow) throws InterruptedException {
    MethodProgram program =
        FlowMethods.of(Tasks.class).stream()
            .filter(each -> each.name().equals(flow))
            .map(each -> new MethodProgram(each, this))
            .findFirst()
            .orElseThrow();
    long begun = System.nanoTime();
    FlowEnd end = engine.runHere(program, FlowRun.Call.of("{}", List.of()), null);
    FlowFailed.unless(end);
    return (System.nanoTime() - begun) / 1e9;
  }
}
