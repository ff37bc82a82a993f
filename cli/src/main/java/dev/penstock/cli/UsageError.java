package dev.penstock.cli;

/// The command line asks for what cannot be; the message says what, and what to do.
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }
}
