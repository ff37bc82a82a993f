package dev.penstock.cli.program;

/// A program has nothing to start.
public final class NoMainMethod extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoMainMethod(String fileName) {
    super(fileName + " has no main method; add `void main() { … }`");
  }
}
