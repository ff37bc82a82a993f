package dev.penstock.cli.remote;

/// A server did not do what it was asked for, or cannot be reached; the message says why, and what
/// to do.
public final class ServerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status of the answer; 0 when there was none
  ServerRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
