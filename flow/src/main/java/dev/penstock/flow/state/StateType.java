package dev.penstock.flow.state;

/// What a run can do next. Types drive logic; [StateName]s are for people.
public enum StateType {
  /// Waits for its time.
  SCHEDULED,
  /// Taken by a process that is about to start it.
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED,
  /// The process that ran it is gone.
  CRASHED,
  /// Waits for somebody, or for something to happen.
  PAUSED,
  /// Asked to stop; whoever runs it has not yet said that it did.
  CANCELLING;

  /// Whether a run in such a state is over.
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, CRASHED -> true;
      case SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING -> false;
    };
  }

  /// Whether some process holds a run in such a state, under a lease.
  public boolean isHeld() {
    return switch (this) {
      case PENDING, RUNNING, CANCELLING -> true;
      case SCHEDULED, PAUSED, COMPLETED, FAILED, CANCELLED, CRASHED -> false;
    };
  }
}
