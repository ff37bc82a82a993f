package dev.penstock.pipeline.run;

/// The run was cancelled from outside, or its thread was interrupted; everything it held has been
/// closed.
public final class RunCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunCancelled(String message) {
    super(message);
  }
}
