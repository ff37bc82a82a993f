package dev.penstock.jdbc;

import java.util.OptionalLong;

/// The database refused a record: a key that is there already, a check that fails, a text that is
/// too long. Nothing of its commit unit is in the table.
public final class RejectedRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long index;

  RejectedRecord(String message, long index, Throwable cause) {
    super(message, cause);
    this.index = index;
  }

  /// Which of the records written since the last commit it is, counted from 0, if the database said
  /// so.
  public OptionalLong index() {
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
  }
}
