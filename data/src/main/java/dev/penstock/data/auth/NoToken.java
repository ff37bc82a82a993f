package dev.penstock.data.auth;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Somebody who asks was given no token. The message says who, and why.
public final class NoToken extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  NoToken(String message, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /// The status of the answer; 0 when there was none.
  public int status() {
    return status;
  }
}
