package dev.penstock.files.parquet;

import org.jspecify.annotations.Nullable;

/// A row of which no record can be made; the rows after it can be read.
public final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final long row;
  private final String column;

  BadRow(long row, Problem problem, @Nullable Throwable cause) {
    super(problem.why(), cause);
    this.row = row;
    this.column = problem.column();
  }

  /// The number of the row in its file, from 1.
  public long row() {
    return row;
  }

  /// The column whose value does not fit; empty when it is the record as a whole.
  public String column() {
    return column;
  }
}
