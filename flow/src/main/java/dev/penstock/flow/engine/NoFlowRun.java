package dev.penstock.flow.engine;

/// A word that belongs into a flow was used outside of one.
public final class NoFlowRun extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NoFlowRun() {
    this(
        "there is no flow run here: tasks are called from a method with @Flow that runFlow(args)"
            + " runs, on its thread or on one that Penstock started");
  }

  private NoFlowRun(String message) {
    super(message);
  }

  static NoFlowRun besideIt() {
    return new NoFlowRun(
        "tasks are not called, and artifacts not made, in a step that a pipeline runs beside its"
            + " flow, as with concurrency or above a buffer: their order would be another one when"
            + " the run is repeated; log, limit and rateLimit work there");
  }
}
