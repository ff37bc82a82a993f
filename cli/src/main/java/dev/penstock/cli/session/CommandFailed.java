package dev.penstock.cli.session;

/// A command could not do what it was asked for; the message says why, and what to do.
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailed(String message) {
    super(message);
  }
}
