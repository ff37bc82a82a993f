package dev.penstock.pipeline.engine;

/// Ends a run that had records of splits on their way which are somebody else's now; it begins
/// again from what is committed.
final class SplitsLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SplitsLost(String message) {
    super(message);
  }
}
