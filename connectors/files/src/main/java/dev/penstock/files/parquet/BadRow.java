package dev.penstock.files.parquet;

import org.jspecify.annotations.Nullable;

/// A row of which no record can be made; the rows after it can be read.
public final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final long row;

  BadRow(long row, String why, @Nullable Throwable cause) {
    super(why, cause);
    this.row = row;
  }

  /// The number of the row in its file, from 1.
  public long row() {
    return row;
  }
}
