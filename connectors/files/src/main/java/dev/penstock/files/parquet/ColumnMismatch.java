package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.List;

/// A file whose columns do not fit the record they should be read into: some are missing, or of
/// another type.
public final class ColumnMismatch extends IOException {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  ColumnMismatch(String message, List<String> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /// Every column that does not fit, one message each.
  public List<String> problems() {
    return problems;
  }
}
