package dev.penstock.http;

import dev.penstock.pipeline.plan.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A file that could not be downloaded. What has arrived of it is kept for the next attempt, under
/// a hidden name.
public final class DownloadFailed extends IOException implements RetryAfter {
  private static final long serialVersionUID = 1L;

  /// Why a download failed.
  public enum Reason {
    /// The other side could not be reached, the connection was lost, or nothing came for too long.
    CONNECTION,
    /// The server answered with a status that says no.
    STATUS,
    /// The file is larger than the limit.
    TOO_LARGE,
    /// The file arrived, but has another checksum.
    CHECKSUM,
    /// The file could not be written here.
    LOCAL
  }

  private final Reason reason;
  private final int status;
  private final @Nullable Duration retryAfter;

  DownloadFailed(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = 0;
    this.retryAfter = null;
  }

  DownloadFailed(String message, int status, @Nullable Duration retryAfter) {
    super(message);
    this.reason = Reason.STATUS;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /// The same failure, told as the last of several.
  DownloadFailed afterTries(int tries) {
    String message = getMessage() + (tries > 1 ? ", after " + tries + " tries" : "");
    DownloadFailed last =
        reason == Reason.STATUS
            ? new DownloadFailed(message, status, retryAfter)
            : new DownloadFailed(reason, message, getCause());
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

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
