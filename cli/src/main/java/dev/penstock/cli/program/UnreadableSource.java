package dev.penstock.cli.program;

/// What was given as a source file cannot be read as one; the message says why.
public final class UnreadableSource extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSource(String message) {
    super(message);
  }
}
