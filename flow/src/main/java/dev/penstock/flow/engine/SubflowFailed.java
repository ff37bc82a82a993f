package dev.penstock.flow.engine;

/// A subflow ended without a result: cancelled, or failed in another process.
public final class SubflowFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SubflowFailed(FlowEnd end) {
    super("subflow run '" + end.name() + "' ended in state " + end.state());
  }
}
