package dev.penstock.pipeline.connector;

import org.jspecify.annotations.Nullable;

/// A sink will not take a record for what it holds: the record is at fault, not the target, and
/// other records may well be taken. Whatever else a sink throws ends the run, dead letters or not.
public abstract class RefusedRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected RefusedRecord(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
