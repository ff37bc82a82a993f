package dev.penstock.pipeline.run;

/// A source that failed many times in a row without giving a record, although each failure was
/// caught.
public final class SourceFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
