package dev.penstock.flow.store;

import java.util.ArrayList;
import java.util.List;

/// A statement for many rows of values, which go to the database together. For one thread.
final class Batch extends Bound<Batch> {
  private final List<Object[]> rows = new ArrayList<>();

  Batch(SqlConnection connection, NamedSql sql) {
    super(connection, sql);
  }

  /// Keeps the values that are bound, and begins another row.
  void add() {
    rows.add(takeValues());
  }

  void execute() {
    if (rows.isEmpty()) {
      return;
    }
    use(statement -> {
      for (Object[] row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    });
  }
}
