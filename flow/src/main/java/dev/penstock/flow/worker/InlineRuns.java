package dev.penstock.flow.worker;

import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Lease;
import java.util.concurrent.Executor;

/// Runs in the JVM of the worker, each on a virtual thread.
public final class InlineRuns implements RunStarter {
  private final RunEngine engine;
  private final Programs programs;
  private final Executor threads;

  /// @param engine its owner must be the instance of the worker
  public InlineRuns(RunEngine engine, Programs programs) {
    this(engine, programs, run -> Thread.ofVirtual().start(run));
  }

  /// @param threads begins a thread for each run
  InlineRuns(RunEngine engine, Programs programs, Executor threads) {
    this.engine = engine;
    this.programs = programs;
    this.threads = threads;
  }

  @Override
  public StartedRun start(Claimed claimed, DeployedCode code, Runnable over) {
    Inline run = new Inline(claimed.lease());
    threads.execute(() -> {
      Thread.currentThread().setName("flow-run-" + claimed.run().name());
      run.progress = once(claimed, code);
      over.run();
    });
    return run;
  }

  private StartedRun.Progress once(Claimed claimed, DeployedCode code) {
    FlowProgram program;
    try {
      program = programs.load(code, claimed.run().origin().flow());
    } catch (CodeUnavailable e) {
      return new StartedRun.Progress.NoCode(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return new StartedRun.Progress.Refused(String.valueOf(e.getMessage()));
    }
    engine.run(claimed, new PinnedProgram(program, code.version()));
    return new StartedRun.Progress.Over("this process has given it up");
  }

  private static final class Inline implements StartedRun {
    private final Lease lease;
    private volatile Progress progress = new Progress.Running();

    Inline(Lease lease) {
      this.lease = lease;
    }

    @Override
    public Lease lease() {
      return lease;
    }

    @Override
    public Lease workerLease() {
      return lease;
    }

    @Override
    public Progress progress() {
      return progress;
    }

    /// The engine interrupts it when it is to be cancelled, or its lease is no longer its own.
    @Override
    public void stop() {}

    @Override
    public boolean stops() {
      return false;
    }

    /// A thread cannot be ended; once the lease is given back, it writes nothing more.
    @Override
    public void kill() {}
  }
}
