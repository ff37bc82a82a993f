package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.RefusedRecord;

/// A field holds what its column cannot take: a null, a NUL character, a date out of range. Nothing
/// of its record was written, and the next record may be written as usual.
public final class BadValue extends RefusedRecord {
  private static final long serialVersionUID = 1L;

  private final String column;

  BadValue(String column, String problem) {
    super("column \"" + column + "\" " + problem, null);
    this.column = column;
  }

  /// The name of the column.
  public String column() {
    return column;
  }
}
