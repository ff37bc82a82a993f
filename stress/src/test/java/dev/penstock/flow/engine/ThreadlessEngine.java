package dev.penstock.flow.engine;

import dev.penstock.flow.store.Store;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// An engine that starts no threads: whoever has it renews the leases of its runs.
public final class ThreadlessEngine implements AutoCloseable {
  private final RunEngine engine;

  /// @param begin begins the threads of tasks that run beside their flow
  /// @param nanos the time that their limits are counted by
  public ThreadlessEngine(
      Store store, EngineSettings settings, Function<Runnable, Begun> begin, LongSupplier nanos) {
    engine = new RunEngine(store, settings, false, new Given(begin, nanos));
  }

  /// A thread that was begun.
  public interface Begun extends TaskThreads.Begun {}

  private record Given(Function<Runnable, ThreadlessEngine.Begun> begin, LongSupplier time)
      implements TaskThreads {
    @Override
    public Begun begin(String name, Runnable body) {
      return begin.apply(body);
    }

    @Override
    public Begun beginApart(String name, Runnable body) {
      return begin.apply(body);
    }

    @Override
    public long nanos() {
      return time.getAsLong();
    }
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
