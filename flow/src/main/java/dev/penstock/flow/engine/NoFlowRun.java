package dev.penstock.flow.engine;

/// A word that belongs into a flow was used outside of one.
public final class NoFlowRun extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NoFlowRun() {
    super(
        "there is no flow run here: tasks are called from a method with @Flow that runFlow(args)"
            + " runs, on its thread or on one that Penstock started");
  }
}
