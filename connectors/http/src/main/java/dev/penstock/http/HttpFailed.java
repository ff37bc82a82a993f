package dev.penstock.http;

import dev.penstock.pipeline.plan.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A request that was not answered, or not as it was wanted, or a file that could not be
/// downloaded: what has arrived of that is kept for the next attempt, under a hidden name. The
/// message says which one, and shows no secret.
public final class HttpFailed extends IOException implements RetryAfter {
  private static final long serialVersionUID = 1L;

  /// What went wrong.
  public enum Reason {
    /// The other side could not be reached, the connection was lost, or nothing came of a file for
    /// too long.
    CONNECTION,
    /// The whole answer did not come in time.
    TIMEOUT,
    /// The server answered with a status that says no.
    STATUS,
    /// The answer, or the file, is larger than the limit.
    TOO_LARGE,
    /// The answer is not what was wanted: no JSON, something else at a pointer, pages without end.
    CONTENT,
    /// The file arrived, but has another checksum.
    CHECKSUM,
    /// The file could not be written here.
    LOCAL
  }

  private final Reason reason;
  private final int status;
  private final @Nullable Duration retryAfter;

  HttpFailed(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = 0;
    this.retryAfter = null;
  }

  HttpFailed(String message, int status, @Nullable Duration retryAfter) {
    super(message);
    this.reason = Reason.STATUS;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /// The same failure, told as the last of several.
  HttpFailed afterTries(int tries) {
    if (tries == 1) {
      return this;
    }
    String message = getMessage() + ", after " + tries + " tries";
    HttpFailed last =
        reason == Reason.STATUS
            ? new HttpFailed(message, status, retryAfter)
            : new HttpFailed(reason, message, getCause());
    last.setStackTrace(getStackTrace());
    return last;
  }

  public Reason reason() {
    return reason;
  }

  /// The status of the server's answer, if that was the reason.
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /// Whether the same request may well be answered later: the connection was lost, time ran out, or
  /// the status is 408, 425, 429 or 5xx, but 501.
  public boolean isPassing() {
    return switch (reason) {
      case CONNECTION, TIMEOUT -> true;
      case STATUS -> isPassing(status);
      case TOO_LARGE, CONTENT, CHECKSUM, LOCAL -> false;
    };
  }

  static boolean isPassing(int status) {
    return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501);
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
