package dev.penstock.flow.store;

/// A statement that changes rows. For one thread.
final class Update extends Bound<Update> {
  Update(SqlConnection connection, NamedSql sql) {
    super(connection, sql);
  }

  /// @return how many rows it has changed
  int execute() {
    return use(statement -> {
      set(statement, takeValues());
      return statement.executeUpdate();
    });
  }
}
