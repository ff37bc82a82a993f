package dev.penstock.pipeline.run;

/// The run took longer than its deadline; everything it held has been closed.
public final class DeadlineExceeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeadlineExceeded(String message) {
    super(message);
  }
}
