package dev.penstock.flow.worker;

import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;

/// How a worker runs the runs it has taken.
public interface RunStarter {
  /// Starts a run, and returns at once.
  ///
  /// @param over called when it has ended, by any thread
  StartedRun start(Claimed claimed, DeployedCode code, Runnable over);
}
