package dev.penstock.objects;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A store refuses, or cannot be reached.
public final class StoreFailure extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
