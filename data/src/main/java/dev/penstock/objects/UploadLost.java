package dev.penstock.objects;

import java.io.IOException;

/// What was staged is not in the store any more, and was not completed either: somebody removed it,
/// or it was older than the store keeps unfinished uploads.
public final class UploadLost extends IOException {
  private static final long serialVersionUID = 1L;

  public UploadLost(String message) {
    super(message);
  }
}
