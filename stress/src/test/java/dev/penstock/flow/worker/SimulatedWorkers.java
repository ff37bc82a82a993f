package dev.penstock.flow.worker;

import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.Store;
import dev.penstock.pipeline.run.RunClock;
import java.util.concurrent.Executor;

/// Workers that live in another time, on threads that are given to them.
public final class SimulatedWorkers {
  private SimulatedWorkers() {}

  public static Worker worker(
      Store store, WorkerSettings settings, RunStarter starter, RunClock clock) {
    return new Worker(store, settings, starter, new OwnHousekeeping(store), _ -> {}, clock);
  }

  public static RunStarter inline(RunEngine engine, Programs programs, Executor threads) {
    return new InlineRuns(engine, programs, threads);
  }
}
