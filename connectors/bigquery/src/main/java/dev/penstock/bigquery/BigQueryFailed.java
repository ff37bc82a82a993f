package dev.penstock.bigquery;

import dev.penstock.pipeline.plan.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// BigQuery did not do what was asked of it. The message says what, and what it answered.
public final class BigQueryFailed extends IOException implements RetryAfter {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;
  private final @Nullable Duration retryAfter;

  BigQueryFailed(
      String message,
      int status,
      String reason,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /// The status of the answer; 0 when there was none.
  public int status() {
    return status;
  }

  /// The reason as BigQuery names it, such as `notFound` or `rateLimitExceeded`; empty if it says
  /// none.
  public String reason() {
    return reason;
  }

  /// Whether the same may well be done later, for retries: `retry(times(5).when(…))`.
  public boolean isPassing() {
    return switch (reason) {
      case "rateLimitExceeded",
          "jobRateLimitExceeded",
          "backendError",
          "internalError",
          "jobBackendError" ->
          true;
      default -> status == 0 || status == 429 || status >= 500 && status != 501;
    };
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
