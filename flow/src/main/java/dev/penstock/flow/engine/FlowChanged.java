package dev.penstock.flow.engine;

/// The code of a flow no longer makes the calls that a run of it has recorded, so that the run
/// cannot go on.
public final class FlowChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlowChanged(String flow, String run, String path, String recorded, String now) {
    super(
        "the code of flow '"
            + flow
            + "' no longer matches flow run '"
            + run
            + "': call "
            + path
            + " was task '"
            + recorded
            + "', now it is task '"
            + now
            + "'; go on with the code that began the run, or run it from the start");
  }
}
