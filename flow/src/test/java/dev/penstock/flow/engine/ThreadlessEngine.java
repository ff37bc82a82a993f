package dev.penstock.flow.engine;

import dev.penstock.flow.store.Store;

/// An engine that starts no threads: whoever has it renews the leases of its runs.
public final class ThreadlessEngine implements AutoCloseable {
  private final RunEngine engine;

  public ThreadlessEngine(Store store, EngineSettings settings) {
    engine = new RunEngine(store, settings, false);
  }

  public RunEngine engine() {
    return engine;
  }

  public void beat() {
    engine.beat();
  }

  @Override
  public void close() {
    engine.close();
  }
}
