package dev.penstock.flow.engine;

import dev.penstock.flow.state.State;
import org.jspecify.annotations.Nullable;

/// Told when a run is over. What it throws is logged.
@FunctionalInterface
public interface FlowHook {
  /// @param run the name of the run
  /// @param failure why it failed; null when it did not
  void over(String run, State state, @Nullable Throwable failure) throws Exception;
}
