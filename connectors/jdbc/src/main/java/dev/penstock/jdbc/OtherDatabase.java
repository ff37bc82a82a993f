package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Databases without a bulk route of their own: INSERT statements of many rows. SQLite is the one
/// that is tested.
record OtherDatabase(boolean sqlite) implements Dialect {

  @Override
  public boolean keepsPositions() {
    return sqlite;
  }

  @Override
  public Properties defaults(String url) {
    Properties properties = new Properties();
    if (sqlite) {
      properties.setProperty("busy_timeout", "30000");
      properties.setProperty("journal_mode", "WAL");
      properties.setProperty("transaction_mode", "DEFERRED");
    }
    return properties;
  }

  @Override
  public Optional<TableInfo> describe(Connection connection, TableName table) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    List<TableColumn> columns = new ArrayList<>();
    @Nullable String schema = sqlite ? null : table.schema();
    try (ResultSet row = meta.getColumns(null, schema, pattern(meta, table.name()), "%")) {
      while (row.next()) {
        if (row.getString("TABLE_NAME").equalsIgnoreCase(table.name())) {
          String type = row.getString("TYPE_NAME");
          boolean nullable = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
          boolean filled = row.getString("COLUMN_DEF") != null;
          columns.add(
              new TableColumn(
                  row.getString("COLUMN_NAME"), type, type, nullable, nullable || filled));
        }
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableInfo(table, columns, uniqueKeys(meta, schema, table)));
  }

  private String pattern(DatabaseMetaData meta, String name) throws SQLException {
    String escape = meta.getSearchStringEscape();
    return sqlite || escape == null ? name : name.replace("_", escape + "_");
  }

  private static List<Set<String>> uniqueKeys(
      DatabaseMetaData meta, @Nullable String schema, TableName table) throws SQLException {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    try (ResultSet row = meta.getPrimaryKeys(null, schema, table.name())) {
      while (row.next()) {
        keys.computeIfAbsent("", _ -> new LinkedHashSet<>()).add(row.getString("COLUMN_NAME"));
      }
    }
    try (ResultSet row = meta.getIndexInfo(null, schema, table.name(), true, true)) {
      while (row.next()) {
        String column = row.getString("COLUMN_NAME");
        if (column != null && !row.getBoolean("NON_UNIQUE")) {
          keys.computeIfAbsent(row.getString("INDEX_NAME"), _ -> new LinkedHashSet<>()).add(column);
        }
      }
    }
    return List.copyOf(keys.values());
  }

  @Override
  public String declare(DataType type) {
    String text = sqlite ? "TEXT" : "VARCHAR(4000)";
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> "BOOLEAN";
            case BYTE, SHORT -> "SMALLINT";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "REAL";
            case DOUBLE -> "DOUBLE PRECISION";
            case CHAR, STRING, UUID -> text;
            case DATE -> sqlite ? text : "DATE";
            case TIME -> sqlite ? text : "TIME";
            case LOCAL_DATE_TIME -> sqlite ? text : "TIMESTAMP";
            case INSTANT -> sqlite ? text : "TIMESTAMP WITH TIME ZONE";
            case BINARY -> "BLOB";
          };
      case DataType.Decimal decimal ->
          sqlite
              ? text // a number would become a double
              : decimal.specified()
                  ? "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")"
                  : "DECIMAL(38, 10)";
      case DataType.Enumeration _, DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> text;
    };
  }

  @Override
  public boolean takes(TableColumn column, DataType type) {
    String code = column.code().toUpperCase(Locale.ROOT);
    boolean text = code.contains("CHAR") || code.contains("TEXT") || code.contains("CLOB");
    boolean whole = code.contains("INT");
    boolean real = code.contains("REAL") || code.contains("FLOA") || code.contains("DOUB");
    boolean exact = code.contains("DEC") || code.contains("NUM");
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> code.contains("BOOL") || code.equals("BIT") || (sqlite && whole);
            case BYTE, SHORT, INT -> whole || real || exact;
            case LONG -> whole || exact;
            case FLOAT, DOUBLE -> real || (sqlite && exact);
            case CHAR, STRING -> text || code.contains("JSON");
            case DATE -> code.equals("DATE") || (sqlite && text);
            case TIME -> code.equals("TIME") || (sqlite && text);
            case LOCAL_DATE_TIME -> code.contains("TIMESTAMP") || (sqlite && text);
            case INSTANT -> code.contains("TIMESTAMP") || (sqlite && text);
            case UUID -> code.equals("UUID") || text;
            case BINARY -> code.contains("BLOB") || code.contains("BINARY");
          };
      case DataType.Decimal _ -> (exact && !sqlite) || (sqlite && text);
      case DataType.Enumeration _, DataType.Nested _, DataType.ListOf _, DataType.MapOf _ ->
          text || code.contains("JSON");
    };
  }

  @Override
  public boolean mergesUpserts() {
    return false;
  }

  @Override
  public void createLike(Connection connection, TableName table, TableInfo like)
      throws SQLException {
    PostgreSql.execute(connection, like.createAs(table));
  }

  @Override
  public TableName createBeside(Connection connection, LoadTarget<?> target) {
    throw new IllegalStateException("upserts are inserted at once here");
  }

  @Override
  public void merge(
      Connection connection, TableName beside, LoadTarget<?> target, LoadSettings settings) {
    throw new IllegalStateException("upserts are inserted at once here");
  }

  @Override
  public <T> RowLoader<T> load(
      List<Connection> connections, LoadTarget<T> target, LoadSettings settings)
      throws SQLException {
    return new InsertLoader<>(connections.getFirst(), target, settings, sqlite);
  }

  @Override
  public boolean conflict(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("SQLITE_BUSY")
        || (e.getSQLState() != null && e.getSQLState().startsWith("40"));
  }

  @Override
  public boolean unknownOutcome(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("08");
  }

  @Override
  public void stream(PreparedStatement statement, int rows) throws SQLException {
    statement.setFetchSize(rows);
  }
}
