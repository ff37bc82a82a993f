package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.Row;
import dev.penstock.pipeline.connector.Split;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where programs begin with databases: PostgreSQL, DuckDB, SQLite and others that have a JDBC
/// driver.
///
/// ```java
/// Jdbc.table(connection("warehouse"), "trips", Trip.class).create().replace()
/// ```
///
/// A connection is a name, looked up when a run connects, or a JDBC URL:
///
/// - `jdbc:postgresql://host/database?user=…&password=…`. To talk over TLS, and only to the right
///   server, add `sslmode=verify-full`, and `sslrootcert=FILE` if its certificate is signed by an
///   authority of your own.
/// - `jdbc:duckdb:FILE`. DuckDB's memory is outside of the Java heap; it gets 300 MB unless the URL
///   says otherwise: `jdbc:duckdb:trips.duckdb;memory_limit=4GB;threads=2`.
/// - `jdbc:sqlite:FILE`.
///
/// Messages never show a password.
public final class Jdbc {
  private Jdbc() {}

  /// A table to write records into.
  ///
  /// @param table `trips` or `schema.trips`; quoted, so that upper and lower case matter where the
  ///   database tells them apart
  public static <T extends Record> JdbcTable<T> table(
      ConnectionName connection, String table, Class<T> record) {
    return new JdbcTable<>(connection, TableName.of(table), record, LoadSettings.NONE);
  }

  /// The rows of a table.
  ///
  /// @param record a record class, or [Row]; columns that it does not have are not read
  public static <T> JdbcSource<T> read(ConnectionName connection, String table, Class<T> record) {
    return new JdbcSource<>(
        connection, JdbcSource.Rows.table(TableName.of(table)), record, Reading.PLAIN);
  }

  /// The rows of a query.
  ///
  /// @param sql a SELECT, with a `?` for each argument
  /// @param record a record class, or [Row]
  public static <T> JdbcSource<T> query(
      ConnectionName connection, String sql, Class<T> record, Object... arguments) {
    return new JdbcSource<>(
        connection, JdbcSource.Rows.query(sql, arguments), record, Reading.PLAIN);
  }

  /// The rows of a small query, all at once.
  public static List<Row> rows(ConnectionName connection, String sql, Object... arguments) {
    List<Row> rows = new ArrayList<>();
    JdbcSource.Rows asked = JdbcSource.Rows.query(sql, arguments);
    try (JdbcReader<Row> reader =
        new JdbcReader<>(
            new Pieces(connection, asked, Reading.PLAIN), new RowQuery<>(asked, Row.class, null))) {
      reader.assign(Map.of(new Split("rows"), Optional.empty()));
      for (RowChunk<Row> chunk = reader.poll(Duration.ZERO);
          chunk != null;
          chunk = reader.poll(Duration.ZERO)) {
        for (int i = 0; i < chunk.size(); i++) {
          rows.add(chunk.get(i));
        }
      }
    }
    return rows;
  }

  /// Runs one statement, committed at once.
  ///
  /// @param sql with a `?` for each argument
  /// @return how many rows it changed, 0 if it is not one that changes rows
  public static long execute(ConnectionName connection, String sql, Object... arguments) {
    try (Session session = Session.open(connection);
        PreparedStatement statement = session.connection().prepareStatement(sql)) {
      RowQuery.bind(statement, List.of(arguments));
      return statement.execute() ? 0 : Math.max(0, statement.getUpdateCount());
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "the statement failed in " + connection + ": " + PostgreSql.message(e), e);
    }
  }
}
