package dev.penstock.flow.vault;

import org.jspecify.annotations.Nullable;

/// The keys that secrets are encrypted with are missing, are others, or cannot be read. The message
/// says what to do, and shows no key.
public final class BadKeys extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadKeys(String message) {
    this(message, null);
  }

  BadKeys(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
