package dev.penstock.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file that cannot be read as a whole, or not from here on: it is empty, broken, of another
/// format, has changed, or lacks columns.
public final class BadFile extends IOException {
  private static final long serialVersionUID = 1L;

  BadFile(String message) {
    super(message);
  }

  BadFile(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
