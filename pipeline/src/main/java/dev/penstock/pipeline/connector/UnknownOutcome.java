package dev.penstock.pipeline.connector;

/// The connection was lost during a COMMIT, so that nobody knows whether it took effect. Never
/// retried blindly: the engine claims anew and reads the positions again.
public final class UnknownOutcome extends Exception {
  private static final long serialVersionUID = 1L;

  public UnknownOutcome(String message, Throwable cause) {
    super(message, cause);
  }
}
