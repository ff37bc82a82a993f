package dev.penstock.bigquery;

import java.util.List;

/// What has become of one record that was streamed into a table.
///
/// @param problems why it is not in the table; none if it is
public record InsertedRow<R>(R record, List<String> problems) {

  public boolean isIn() {
    return problems.isEmpty();
  }

  /// The record, if it is in the table.
  ///
  /// @throws RefusedRow when it is not
  public R orThrow() {
    if (!isIn()) {
      throw new RefusedRow(record + ": " + String.join("; ", problems));
    }
    return record;
  }
}
