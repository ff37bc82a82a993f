package dev.penstock.flow.store;

/// Another process that is alive is the worker of this name.
public final class WorkerNameTaken extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  WorkerNameTaken(String message) {
    super(message);
  }

  WorkerNameTaken(WorkerEntry other, long secondsAgo) {
    super(
        "there is a worker \""
            + other.name()
            + "\" already: process "
            + other.instance()
            + " for work pool \""
            + other.pool()
            + "\", which gave a sign of life "
            + secondsAgo
            + " s ago; give this one another name, or stop that one");
  }
}
