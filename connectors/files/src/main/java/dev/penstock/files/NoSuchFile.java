package dev.penstock.files;

import java.io.IOException;

/// A file, or every file of a pattern, that is not there.
public final class NoSuchFile extends IOException {
  private static final long serialVersionUID = 1L;

  NoSuchFile(String message) {
    super(message);
  }
}
