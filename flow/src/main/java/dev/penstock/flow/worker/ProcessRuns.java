package dev.penstock.flow.worker;

import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Store;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Runs in JVMs of their own. The process is told the lease of the worker, takes the run over from
/// it under one of its own, and says in the store how it went; its exit code tells of what it could
/// not say there.
public final class ProcessRuns implements RunStarter {
  /// The exit code of a process that could not get the code of the run, and has not begun it.
  static final int NO_CODE = 75;

  /// That of one which found that the run cannot be run, and has not begun it.
  static final int REFUSED = 78;

  private final Store store;
  private final Command command;

  public ProcessRuns(Store store, Command command) {
    this.store = store;
    this.command = command;
  }

  /// How the process of a run is started.
  @FunctionalInterface
  public interface Command {
    /// @param worker the lease that the process takes the run over from
    ProcessBuilder of(Lease worker, JobVariables variables);
  }

  /// The name under which the process of a run holds it.
  static String owner(Lease worker) {
    return worker.owner() + "/" + worker.run() + "." + worker.fence();
  }

  @Override
  public StartedRun start(Claimed claimed, DeployedCode code, Runnable over) {
    Lease worker = claimed.lease();
    try {
      store.handovers().submitting(worker);
      Process process = command.of(worker, variables(claimed)).start();
      process.onExit().thenRun(over);
      return new Started(worker, process);
    } catch (IOException | IllegalArgumentException e) {
      return new NotStarted(worker, "its process could not be started: " + e.getMessage());
    }
  }

  private JobVariables variables(Claimed claimed) {
    String deployment = claimed.run().origin().deployment();
    return deployment == null
        ? JobVariables.parse("{}")
        : store
            .deployments()
            .find(deployment)
            .map(found -> JobVariables.parse(found.settings().target().jobVariables()))
            .orElseGet(() -> JobVariables.parse("{}"));
  }

  /// A run in a process.
  private record Started(Lease worker, Process process) implements StartedRun {
    @Override
    public Lease lease() {
      return new Lease(worker.run(), owner(worker), worker.fence() + 1);
    }

    @Override
    public Lease workerLease() {
      return worker;
    }

    @Override
    public Progress progress() {
      if (process.isAlive()) {
        return new Progress.Running();
      }
      int code = process.exitValue();
      return switch (code) {
        case NO_CODE -> new Progress.NoCode("its process could not get the code");
        case REFUSED ->
            new Progress.Refused("its process could not run it; see the worker's output");
        default ->
            new Progress.Over("its process " + process.pid() + " ended with exit code " + code);
      };
    }

    @Override
    public void stop() {
      process.destroy();
    }

    @Override
    public boolean stops() {
      return process.isAlive();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
      try {
        process.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record NotStarted(Lease workerLease, String why) implements StartedRun {
    @Override
    public Lease lease() {
      return workerLease;
    }

    @Override
    public Progress progress() {
      return new Progress.Refused(why);
    }

    @Override
    public void stop() {}

    @Override
    public boolean stops() {
      return false;
    }

    @Override
    public void kill() {}
  }
}
