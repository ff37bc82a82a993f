package dev.penstock.flow.worker;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.Optional;

/// What the process of one run does: takes the run over from the worker that started it, and runs
/// it.
public final class RunProcess {
  private final Store store;
  private final Programs programs;
  private final EngineSettings.LogSink console;

  /// @param console takes what the run logs, and why it could not be run
  public RunProcess(Store store, Programs programs, EngineSettings.LogSink console) {
    this.store = store;
    this.programs = programs;
    this.console = console;
  }

  /// Runs the run. The worker renews its lease until the code is ready.
  ///
  /// @param worker the lease to take it over from
  /// @param lease how long the run stays this process's without a sign of life
  /// @param heartbeat how often it gives one
  /// @return the exit code of the process
  public int run(Lease worker, Duration lease, Duration heartbeat) {
    FlowRun run = store.flowRuns().find(worker.run()).orElseThrow();
    FlowProgram program;
    String version = String.valueOf(run.origin().version());
    try {
      DeployedCode code =
          store
              .codes()
              .find(version)
              .orElseThrow(
                  () -> new IllegalStateException("the store has no code of version " + version));
      program = programs.load(code, run.origin().flow());
    } catch (CodeUnavailable e) {
      console.line("Flow run '" + run.name() + "' - no code: " + e.getMessage());
      return ProcessRuns.NO_CODE;
    } catch (RuntimeException | LinkageError e) {
      console.line("Flow run '" + run.name() + "' - cannot be run: " + e.getMessage());
      return ProcessRuns.REFUSED;
    }
    String owner = ProcessRuns.owner(worker);
    EngineSettings plain = EngineSettings.of(owner, console);
    EngineSettings settings = new EngineSettings(owner, lease, heartbeat, plain.clock(), console);
    try (RunEngine engine = new RunEngine(store, settings)) {
      Optional<Claimed> claimed = store.handovers().take(worker, owner, lease);
      claimed.ifPresent(own -> engine.run(own, new PinnedProgram(program, version)));
    }
    return 0;
  }
}
