package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// DuckDB: loads by Arrow batches that it reads in place, upserts by a temporary table.
enum DuckDb implements Dialect {
  INSTANCE;

  /// DuckDB would take four fifths of the machine's memory, outside of the Java heap.
  private static final String MEMORY_LIMIT = "300MB";

  private static final String COLUMNS =
      """
      SELECT c.column_name, c.data_type, c.is_nullable, c.column_default
      FROM duckdb_columns() c JOIN duckdb_tables() t USING (database_oid, schema_oid, table_oid)
      WHERE c.database_name = current_database() AND lower(c.schema_name) = lower(coalesce(?, current_schema()))
        AND lower(c.table_name) = lower(?)
      ORDER BY c.column_index
      """;
  private static final String UNIQUE_KEYS =
      """
      SELECT array_to_string(constraint_column_names, chr(0))
      FROM duckdb_constraints()
      WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND database_name = current_database()
        AND lower(schema_name) = lower(coalesce(?, current_schema())) AND lower(table_name) = lower(?)
      """;

  @Override
  public Properties defaults(String url) {
    Properties properties = new Properties();
    if (!url.toLowerCase(Locale.ROOT).contains("memory_limit")) {
      properties.setProperty("memory_limit", MEMORY_LIMIT);
    }
    // For all connections, because those of one file must have the same settings.
    properties.setProperty("jdbc_stream_results", "true");
    return properties;
  }

  @Override
  public Optional<TableInfo> describe(Connection connection, TableName table) throws SQLException {
    List<TableColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String type = row.getString(2);
          boolean nullable = row.getBoolean(3);
          columns.add(
              new TableColumn(
                  row.getString(1), type, type, nullable, nullable || row.getString(4) != null));
        }
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableInfo(table, columns, uniqueKeys(connection, table)));
  }

  private static List<Set<String>> uniqueKeys(Connection connection, TableName table)
      throws SQLException {
    List<Set<String>> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(new LinkedHashSet<>(Arrays.asList(row.getString(1).split("\0"))));
        }
      }
    }
    return keys;
  }

  @Override
  public String declare(DataType type) {
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> "BOOLEAN";
            case BYTE -> "TINYINT";
            case SHORT -> "SMALLINT";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case CHAR, STRING -> "VARCHAR";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case LOCAL_DATE_TIME -> "TIMESTAMP";
            case INSTANT -> "TIMESTAMP WITH TIME ZONE";
            case UUID -> "UUID";
            case BINARY -> "BLOB";
          };
      case DataType.Decimal decimal ->
          decimal.specified() && decimal.precision() <= 38
              ? "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")"
              : "DECIMAL(38, 10)";
      case DataType.Enumeration _ -> "VARCHAR";
      case DataType.ListOf(DataType.Scalar element) -> declare(element) + "[]";
      case DataType.ListOf(DataType.Decimal element) -> declare(element) + "[]";
      case DataType.ListOf(DataType.Enumeration element) -> declare(element) + "[]";
      case DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> "JSON";
    };
  }

  /// In a table with a key, DuckDB (2.0.0) lets two transactions update one row and silently drops
  /// the earlier one's values: a fenced writer would commit its rows without its position. Without
  /// a key, and when both write the same column, the later one fails as it should.
  @Override
  public boolean keyedLog() {
    return false;
  }

  @Override
  public boolean takes(TableColumn column, DataType type) {
    String code = column.code().toUpperCase(Locale.ROOT);
    if (code.endsWith("[]")) {
      return type instanceof DataType.ListOf(DataType element)
          && takes(
              new TableColumn("", "", code.substring(0, code.length() - 2), true, true), element);
    }
    return switch (type) {
      case DataType.Scalar scalar -> takes(code, scalar);
      case DataType.Decimal _ -> code.startsWith("DECIMAL");
      case DataType.Enumeration _ -> code.equals("VARCHAR") || code.startsWith("ENUM");
      case DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> code.equals("JSON");
    };
  }

  private static boolean takes(String code, DataType.Scalar scalar) {
    List<String> wide = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT");
    int rank = wide.indexOf(code);
    boolean decimal = code.startsWith("DECIMAL");
    return switch (scalar) {
      case BOOLEAN -> code.equals("BOOLEAN");
      case BYTE -> rank >= 0 || decimal || code.equals("DOUBLE");
      case SHORT -> rank >= 1 || decimal || code.equals("DOUBLE");
      case INT -> rank >= 2 || decimal || code.equals("DOUBLE");
      case LONG -> rank >= 3 || decimal;
      case FLOAT -> code.equals("FLOAT") || code.equals("DOUBLE");
      case DOUBLE -> code.equals("DOUBLE");
      case CHAR -> code.equals("VARCHAR");
      case STRING -> code.equals("VARCHAR") || code.equals("JSON") || code.startsWith("ENUM");
      case DATE -> code.equals("DATE");
      case TIME -> code.equals("TIME");
      case LOCAL_DATE_TIME -> code.equals("TIMESTAMP");
      case INSTANT -> code.equals("TIMESTAMP WITH TIME ZONE");
      case UUID -> code.equals("UUID");
      case BINARY -> code.equals("BLOB");
    };
  }

  @Override
  public boolean mergesUpserts() {
    return true;
  }

  @Override
  public void createLike(Connection connection, TableName table, TableInfo like)
      throws SQLException {
    PostgreSql.execute(connection, like.createAs(table));
  }

  @Override
  public TableName createBeside(Connection connection, LoadTarget<?> target) throws SQLException {
    TableName beside = new TableName("temp", "penstock_" + target.table().name());
    PostgreSql.execute(
        connection,
        "CREATE OR REPLACE TEMPORARY TABLE %s AS SELECT %s FROM %s LIMIT 0"
            .formatted(
                Identifier.quote(beside.name()),
                Identifier.list(target.names()),
                target.table().quoted()));
    return beside;
  }

  /// The `rowid` of the temporary table counts its rows in the order in which they came.
  @Override
  public void merge(
      Connection connection, TableName beside, LoadTarget<?> target, LoadSettings settings)
      throws SQLException {
    String keys = Identifier.list(settings.keys());
    PostgreSql.execute(
        connection,
        ("INSERT INTO %s AS stored (%s) SELECT %s FROM %s"
                + " QUALIFY row_number() OVER (PARTITION BY %s ORDER BY rowid DESC) = 1 %s")
            .formatted(
                target.table().quoted(),
                Identifier.list(target.names()),
                Upsert.values(target, settings),
                beside.quoted(),
                keys,
                Upsert.onConflict(target.names(), settings, "stored")));
  }

  @Override
  public <T> RowLoader<T> load(
      List<Connection> connections, LoadTarget<T> target, LoadSettings settings) throws Exception {
    return new ArrowLoader<>(connections.getFirst().unwrap(DuckDBConnection.class), target);
  }

  @Override
  public boolean conflict(SQLException e) {
    return String.valueOf(e.getMessage()).contains("onflict");
  }

  /// The database lives in this process: what a COMMIT said is true, unless the file could not be
  /// written and the database closed itself.
  @Override
  public boolean unknownOutcome(SQLException e) {
    return String.valueOf(e.getMessage()).contains("FATAL");
  }

  @Override
  public void stream(PreparedStatement statement, int rows) {
    // Said when connecting: see defaults.
  }
}
