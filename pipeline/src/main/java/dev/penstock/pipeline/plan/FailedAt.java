package dev.penstock.pipeline.plan;

/// A note, suppressed in the exception that a run throws, of where in the pipeline it came from.
/// Has no stack trace.
public final class FailedAt extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  FailedAt(Failure failure) {
    super("at " + failure.where(), null, false, false);
    this.failure = failure;
  }

  /// The failure with its record; null after serialization.
  public Failure failure() {
    return failure;
  }
}
