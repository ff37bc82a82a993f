package dev.penstock.flow.store;

/// A statement that answers with rows. For one thread.
final class Query extends Bound<Query> {
  Query(SqlConnection connection, NamedSql sql) {
    super(connection, sql);
  }

  /// What becomes of each row.
  <T> Rows<T> map(RowMapper<T> mapper) {
    return new Rows<>(this, mapper);
  }

  /// The first column of each row.
  Rows<String> texts() {
    return map(row -> row.getString(1));
  }

  /// The first column of each row.
  Rows<Integer> integers() {
    return map(row -> {
      int value = row.getInt(1);
      return row.wasNull() ? null : value;
    });
  }

  /// The first column of each row.
  Rows<Long> longs() {
    return map(row -> {
      long value = row.getLong(1);
      return row.wasNull() ? null : value;
    });
  }

  /// Whether there is a row.
  boolean exists() {
    return map(_ -> true).findFirst().isPresent();
  }
}
