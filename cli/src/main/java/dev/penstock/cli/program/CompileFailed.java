package dev.penstock.cli.program;

/// The compiler refused a program; the message shows every error with its place, as compilers do.
public final class CompileFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CompileFailed(String message) {
    super(message);
  }
}
