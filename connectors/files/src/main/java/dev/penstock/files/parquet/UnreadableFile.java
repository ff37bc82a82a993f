package dev.penstock.files.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file that cannot be read as Parquet: missing, empty, of another format, cut short or damaged.
/// Reading it again does not help; another file must take its place.
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableFile(String message) {
    super(message);
  }

  UnreadableFile(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
