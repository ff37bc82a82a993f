package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of a table or a query, read as they come, never all at once; made by [Jdbc#read] and
/// [Jdbc#query]. Immutable: each setting gives a new value.
///
/// Columns are matched to components by name. What does not fit is told in one [TableMismatch]
/// before the first record; a value that does not fit is the failure of its record.
///
/// @param <T> a record class, or [dev.penstock.data.Row]
public final class JdbcSource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;

  /// What is read.
  ///
  /// @param sql a table's quoted name, or a query in parentheses
  /// @param shown for messages
  @SuppressWarnings("serial") // arguments of queries are numbers, texts and times
  record Rows(String sql, String shown, List<Object> arguments) implements Serializable {
    static Rows table(TableName name) {
      return new Rows(name.quoted(), "table " + name, List.of());
    }

    static Rows query(String sql, Object... arguments) {
      String trimmed = sql.strip().replaceAll(";$", "");
      return new Rows("(" + trimmed + "\n) AS penstock_query", trimmed, List.of(arguments));
    }

    /// Whether this is a query, whose text is `shown`.
    boolean query() {
      return sql.startsWith("(");
    }
  }

  private final ConnectionName connection;
  private final Rows rows;
  private final Class<T> record;
  private final @Nullable String key;
  private final int ranges;

  JdbcSource(
      ConnectionName connection, Rows rows, Class<T> record, @Nullable String key, int ranges) {
    this.connection = connection;
    this.rows = rows;
    this.record = record;
    this.key = key;
    this.ranges = ranges;
  }

  /// Reads the rows in the order of this column, and so makes the source resumable: a run goes on
  /// after the last key that was committed. The key must be unique and not null, and new rows must
  /// get greater ones.
  public JdbcSource<T> orderedBy(String column) {
    refuseSecond("orderedBy");
    Identifier.quote(column);
    return new JdbcSource<>(connection, rows, record, column, 0);
  }

  /// Reads the rows in this many ranges of a column of whole numbers, each with a query of its own,
  /// so that they can be read apart. Rows without a key are in the first range.
  ///
  /// @param count from 1 to 1,000
  public JdbcSource<T> splitBy(String column, int count) {
    refuseSecond("splitBy");
    Identifier.quote(column);
    if (count < 1 || count > 1000) {
      throw new IllegalArgumentException("splitBy takes 1 to 1000 ranges, was " + count);
    }
    return new JdbcSource<>(connection, rows, record, column, count);
  }

  private void refuseSecond(String call) {
    if (key != null) {
      throw new IllegalArgumentException(
          "%s contradicts %s(\"%s\") before it: choose one"
              .formatted(call, ranges > 0 ? "splitBy" : "orderedBy", key));
    }
  }

  @Override
  public Set<Trait> traits() {
    EnumSet<Trait> traits = EnumSet.of(Trait.BOUNDED);
    if (ranges > 0) {
      traits.add(Trait.SPLITTABLE);
    } else if (key != null) {
      traits.add(Trait.SEEKABLE);
    }
    return traits;
  }

  @Override
  public List<Split> discover() {
    if (ranges == 0 || key == null) {
      return List.of(
          new Split(rows.shown().replace('\n', ' ') + (key == null ? "" : " by " + key)));
    }
    String column = Identifier.quote(key);
    String sql = "SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(column, rows.sql());
    try (Session session = Session.open(connection);
        java.sql.PreparedStatement statement = session.connection().prepareStatement(sql)) {
      JdbcReader.bind(statement, rows.arguments());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long min = row.getLong(1);
        boolean empty = row.wasNull();
        long max = row.getLong(2);
        return KeyRange.between(key, empty ? 0 : min, empty ? 0 : max, ranges).stream()
            .map(KeyRange::split)
            .toList();
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "finding the range of column \"%s\" of %s failed: %s"
              .formatted(key, rows.shown(), PostgreSql.message(e)),
          e);
    }
  }

  @Override
  public Reader<T> open(Assignments events) {
    return new JdbcReader<>(connection, rows, record, key, ranges > 0);
  }

  @Override
  public String describe() {
    return "Jdbc.read(" + connection + ", " + rows.shown().lines().findFirst().orElse("") + ")";
  }

  @Override
  public String toString() {
    return describe();
  }

  static void close(@Nullable Statement statement) {
    try {
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      // The connection is closed next.
    }
  }
}
