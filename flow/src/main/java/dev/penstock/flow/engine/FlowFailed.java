package dev.penstock.flow.engine;

import dev.penstock.flow.state.StateType;

/// A flow run that this process ran has ended without completing, and without an exception of its
/// own.
public final class FlowFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private FlowFailed(FlowEnd end) {
    super("flow run '" + end.name() + "' ended in state " + end.state());
  }

  /// Throws what a run failed with, unless it has completed.
  public static void unless(FlowEnd end) {
    if (end.failure() != null) {
      throw Thrown.unchecked(end.failure());
    }
    if (end.state().type() != StateType.COMPLETED) {
      throw new FlowFailed(end);
    }
  }
}
