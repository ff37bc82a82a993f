package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// PostgreSQL: loads by binary COPY, upserts by a temporary table and one INSERT.
enum PostgreSql implements Dialect {
  INSTANCE;

  private static final String COLUMNS =
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS shown, NOT a.attnotnull AS nullable,
        a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' AS filled,
        CASE WHEN t.typtype = 'e' THEN 'enum' WHEN t.typtype = 'd' THEN b.typname ELSE t.typname END AS code
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
      """;
  private static final String UNIQUE_KEYS =
      """
      SELECT i.indexrelid, a.attname
      FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
      WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND i.indexprs IS NULL
      """;

  private static final String END_WRITERS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND application_name = ?
      """;

  /// What the server said, on one line: its message, then its detail.
  static String message(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return String.valueOf(e.getMessage());
    }
    return server.getDetail() == null
        ? String.valueOf(server.getMessage())
        : server.getMessage() + " (" + server.getDetail() + ")";
  }

  @Override
  public Properties defaults(String url) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "penstock");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("cancelSignalTimeout", "2");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  @Override
  public Optional<TableInfo> describe(Connection connection, TableName table) throws SQLException {
    List<TableColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.quoted());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          boolean nullable = row.getBoolean("nullable");
          columns.add(
              new TableColumn(
                  row.getString("attname"),
                  row.getString("shown"),
                  row.getString("code"),
                  nullable,
                  nullable || row.getBoolean("filled")));
        }
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableInfo(table, columns, uniqueKeys(connection, table)));
  }

  private static List<Set<String>> uniqueKeys(Connection connection, TableName table)
      throws SQLException {
    Map<Long, Set<String>> keys = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
      statement.setString(1, table.quoted());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.computeIfAbsent(row.getLong(1), _ -> new LinkedHashSet<>()).add(row.getString(2));
        }
      }
    }
    return List.copyOf(keys.values());
  }

  @Override
  public String declare(DataType type) {
    return PgColumn.declare(type);
  }

  @Override
  public boolean takes(TableColumn column, DataType type) {
    return PgColumn.named(column.code()).filter(known -> known.takes(type)).isPresent();
  }

  @Override
  public int connections(int wanted) {
    return wanted;
  }

  @Override
  public boolean mergesUpserts() {
    return true;
  }

  @Override
  public void createLike(Connection connection, TableName table, TableInfo like)
      throws SQLException {
    execute(
        connection,
        "CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(table.quoted(), like.name().quoted()));
  }

  @Override
  public TableName createBeside(Connection connection, LoadTarget<?> target) throws SQLException {
    TableName beside = new TableName("pg_temp", "penstock_" + target.table().name());
    execute(
        connection,
        "CREATE TEMPORARY TABLE IF NOT EXISTS %s ON COMMIT DELETE ROWS AS SELECT %s FROM %s WITH NO DATA"
            .formatted(
                Identifier.quote(beside.name()),
                Identifier.list(target.names()),
                target.table().quoted()));
    return beside;
  }

  /// The rows of the temporary table lie in the order in which they came, so the greatest `ctid` of
  /// a key is its last record.
  @Override
  public void merge(
      Connection connection, TableName beside, LoadTarget<?> target, LoadSettings settings)
      throws SQLException {
    String keys = Identifier.list(settings.keys());
    execute(
        connection,
        "INSERT INTO %s AS stored (%s) SELECT DISTINCT ON (%s) %s FROM %s ORDER BY %s, ctid DESC %s"
            .formatted(
                target.table().quoted(),
                Identifier.list(target.names()),
                keys,
                Upsert.values(target, settings),
                beside.quoted(),
                keys,
                Upsert.onConflict(target.names(), settings, "stored")));
  }

  @Override
  public <T> RowLoader<T> load(
      List<Connection> connections, LoadTarget<T> target, LoadSettings settings)
      throws InterruptedException {
    List<PgColumn> columns =
        target.columns().stream().map(c -> PgColumn.named(c.code()).orElseThrow()).toList();
    return new CopyLoader<>(target, columns, connections);
  }

  @Override
  public void limitIdleTransaction(Connection connection) throws SQLException {
    execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '10s'");
  }

  @Override
  public void limitLockWait(Connection connection) throws SQLException {
    execute(connection, "SET LOCAL lock_timeout = '30s'");
  }

  @Override
  public void sign(Connection connection, String pipeline) throws SQLException {
    connection.setClientInfo("ApplicationName", signature(pipeline));
  }

  @Override
  public void endWriters(Connection connection, String pipeline) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_WRITERS)) {
      end.setString(1, signature(pipeline));
      end.execute();
    }
  }

  /// For people as for [#END_WRITERS]. The server cuts names at 63 bytes and keeps ASCII only.
  private static String signature(String pipeline) {
    String shown = pipeline.replaceAll("[^ -~]", "?");
    UUID exact = UUID.nameUUIDFromBytes(pipeline.getBytes(StandardCharsets.UTF_8));
    return "penstock %.17s %s".formatted(shown, exact);
  }

  @Override
  public boolean conflict(SQLException e) {
    return state(e).startsWith("40");
  }

  /// Broken connections (08), and sessions ended by an administrator or a crash (57P01 to 57P05).
  @Override
  public boolean unknownOutcome(SQLException e) {
    return state(e).startsWith("08") || state(e).startsWith("57P");
  }

  /// The driver's statements know of a query that begins only, not of one that gives more rows.
  @Override
  public void cancel(Statement statement) throws SQLException {
    statement.getConnection().unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public void stream(PreparedStatement statement, int rows) throws SQLException {
    statement.setFetchSize(rows);
  }

  private static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
