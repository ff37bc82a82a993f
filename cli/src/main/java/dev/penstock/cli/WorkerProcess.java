package dev.penstock.cli;

import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.data.Home;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.AutomationDuty;
import dev.penstock.flow.worker.InlineRuns;
import dev.penstock.flow.worker.ProcessRuns;
import dev.penstock.flow.worker.RunStarter;
import dev.penstock.flow.worker.Worker;
import dev.penstock.flow.worker.WorkerSettings;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// A worker as this process: it drains when the process is asked to end.
final class WorkerProcess {
  private final Supplier<Store> opened;
  private final WorkerSettings settings;

  /// @param opened opens the store
  WorkerProcess(Supplier<Store> opened, WorkerSettings settings) {
    this.opened = opened;
    this.settings = settings;
  }

  /// Works until the process is asked to end.
  ///
  /// @param type how runs are run
  int run(WorkPool.Type type) {
    EngineSettings plain = EngineSettings.of(settings.instance(), System.err::println);
    // Its own store: that of the process is closed at once when the process is asked to end.
    try (Store store = opened.get();
        AutoCloseable _ = automations(store);
        RunEngine engine = new RunEngine(store, plain)) {
      RunStarter starter =
          switch (type) {
            case INLINE -> new InlineRuns(engine, new DeployedPrograms(Home.directory()));
            case PROCESS -> new ProcessRuns(store, RunProcessCommand::process);
          };
      Worker worker =
          new Worker(store, settings, starter, LocalRuntime.resultFiles(), System.err::println);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> drain(worker, ended), "penstock-drain"));
      System.err.println(
          "Worker '" + settings.name() + "' started, for work pool '" + settings.pool() + "'");
      try {
        worker.run();
        return ExitCode.COMPLETED;
      } finally {
        ended.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // closing automations throws nothing
    }
  }

  /// Behind a server they are left to the server.
  private static AutoCloseable automations(Store store) {
    return store instanceof RemoteStore
        ? () -> {}
        : new AutomationDuty(store, Vault.of(store, Home.directory()), System.err::println);
  }

  private static void drain(Worker worker, CountDownLatch ended) {
    worker.drain();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
