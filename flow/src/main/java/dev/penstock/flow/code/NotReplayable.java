package dev.penstock.flow.code;

/// A value that cannot be kept, so that a run that breaks off could not be replayed. The message
/// says which part of it, and what to do.
public final class NotReplayable extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NotReplayable(String message) {
    super(message);
  }

  NotReplayable(String message, Throwable cause) {
    super(message, cause);
  }
}
