package dev.penstock.http;

import dev.penstock.pipeline.connector.RefusedRecord;

/// An API will not take a record for what it holds: it answers 400, 409, 413 or 422; or 404 or 410,
/// where each record has a place of its own.
public final class RefusedByServer extends RefusedRecord {
  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedByServer(HttpFailed failure) {
    super(String.valueOf(failure.getMessage()), failure);
    this.status = failure.status().orElse(0);
  }

  /// The status of the server's answer.
  public int status() {
    return status;
  }
}
