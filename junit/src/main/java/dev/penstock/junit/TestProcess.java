package dev.penstock.junit;

import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;

/// One process after the other runs the flows of a test: when one has crashed, the next one begins.
final class TestProcess implements AutoCloseable {
  /// Nobody renews it, and time flies.
  private static final Duration LEASE = Duration.ofDays(100_000);

  private final MemoryStore.Process process;
  private final RunEngine engine;
  private final String owner;

  /// @param committed called after each of its transactions
  TestProcess(MemoryStore memory, int number, TestTime time, Path home, Runnable committed) {
    owner = "test process " + number;
    process = memory.process(owner, committed);
    engine =
        RunEngine.withoutHeartbeats(
            process.store(),
            new EngineSettings(owner, LEASE, Duration.ofSeconds(3), time, _ -> {}));
    LocalRuntime.use(new LocalRuntime.Surroundings(process.store(), engine, home));
  }

  RunEngine engine() {
    return engine;
  }

  String owner() {
    return owner;
  }

  Duration lease() {
    return LEASE;
  }

  void kill() {
    process.kill();
  }

  boolean isDead() {
    return process.isDead();
  }

  @Override
  public void close() {
    engine.close();
    process.close();
  }
}
