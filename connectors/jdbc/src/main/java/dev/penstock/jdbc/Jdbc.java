package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;

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
}
