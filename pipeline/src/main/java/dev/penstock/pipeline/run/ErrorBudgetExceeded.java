package dev.penstock.pipeline.run;

/// More records failed than the error budget of the run allows.
public final class ErrorBudgetExceeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ErrorBudgetExceeded(String message) {
    super(message);
  }
}
