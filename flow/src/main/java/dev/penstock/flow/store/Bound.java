package dev.penstock.flow.store;

import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A statement and the values of its parameters. For one thread.
///
/// @param <S> the kind of statement
abstract sealed class Bound<S extends Bound<S>> permits Query, Update, Batch {
  private final SqlConnection connection;
  private final NamedSql sql;

  /// By the place of the parameter: null while it has none, a type for NULL.
  private final @Nullable Object[] values;

  Bound(SqlConnection connection, NamedSql sql) {
    this.connection = connection;
    this.sql = sql;
    this.values = new @Nullable Object[sql.parameters().size()];
  }

  /// Gives a parameter a text. The character NUL, which PostgreSQL refuses, is replaced: a line of
  /// a log that has one must not be lost for that.
  S bind(String name, @Nullable String value) {
    return put(name, value == null ? null : value.replace('\0', '\uFFFD'), JDBCType.VARCHAR);
  }

  S bind(String name, @Nullable Integer value) {
    return put(name, value, JDBCType.INTEGER);
  }

  S bind(String name, @Nullable Long value) {
    return put(name, value, JDBCType.BIGINT);
  }

  /// Gives a parameter a text or a whole number.
  S bind(String name, Object value) {
    return value instanceof String text ? bind(name, text) : put(name, value, JDBCType.NULL);
  }

  S bindAll(Map<String, ?> values) {
    values.forEach(this::bind);
    return self();
  }

  /// Gives parameters `:q0`, `:q1` … the texts of a list.
  S bindEach(String prefix, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      bind(prefix + i, values.get(i));
    }
    return self();
  }

  private S put(String name, @Nullable Object value, JDBCType type) {
    int place = sql.parameters().indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("there is no parameter :" + name + " in " + sql);
    }
    values[place] = value == null ? type : value;
    return self();
  }

  @SuppressWarnings("unchecked") // it extends Bound of itself
  private S self() {
    return (S) this;
  }

  final NamedSql sql() {
    return sql;
  }

  /// What is done with the prepared statement.
  interface Use<R> {
    R of(PreparedStatement statement) throws SQLException;
  }

  /// Does something with the statement as JDBC has it.
  ///
  /// @throws SqlFailure when the database does not do it
  final <R> R use(Use<R> use) {
    try {
      PreparedStatement statement = connection.take(sql.plain());
      boolean done = false;
      try {
        R result = use.of(statement);
        done = true;
        return result;
      } finally {
        if (done) {
          connection.release(sql.plain(), statement);
        } else {
          statement.close();
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(sql.toString(), e);
    }
  }

  /// The values in the order of the question marks; then the parameters have none.
  final Object[] takeValues() {
    int[] marks = sql.marks();
    Object[] row = new Object[marks.length];
    for (int i = 0; i < marks.length; i++) {
      Object value = values[marks[i]];
      if (value == null) {
        throw new IllegalStateException(
            "parameter :" + sql.parameters().get(marks[i]) + " has no value in " + sql);
      }
      row[i] = value;
    }
    Arrays.fill(values, null);
    return row;
  }

  static void set(PreparedStatement statement, Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      switch (row[i]) {
        case String text -> statement.setString(i + 1, text);
        case Integer number -> statement.setInt(i + 1, number);
        case Long number -> statement.setLong(i + 1, number);
        case JDBCType type -> statement.setNull(i + 1, type.getVendorTypeNumber());
        default -> throw new IllegalStateException("no kind of value: " + row[i].getClass());
      }
    }
  }
}
