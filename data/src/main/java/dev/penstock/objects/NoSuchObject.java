package dev.penstock.objects;

import java.io.IOException;

/// An object, or the bucket that it should be in, is not there.
public final class NoSuchObject extends IOException {
  private static final long serialVersionUID = 1L;

  public NoSuchObject(String message) {
    super(message);
  }
}
