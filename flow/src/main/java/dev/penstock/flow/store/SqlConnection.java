package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// A connection, with statements whose parameters have names. What was prepared is kept and used
/// again. For one thread at a time.
class SqlConnection implements AutoCloseable {
  private static final int KEPT = 200;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  SqlConnection(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  final Connection connection() {
    return connection;
  }

  final Dialect dialect() {
    return dialect;
  }

  /// A statement that answers with rows.
  final Query query(String sql) {
    return new Query(this, parse(sql));
  }

  /// A statement that changes rows.
  final Update update(String sql) {
    return new Update(this, parse(sql));
  }

  /// A statement for many rows of values.
  final Batch batch(String sql) {
    return new Batch(this, parse(sql));
  }

  NamedSql parse(String sql) {
    return NamedSql.of(sql);
  }

  /// Begins a transaction. SQLite's driver would begin another with each commit, and fail a commit
  /// that has happened when that has to wait: its transactions are ours.
  final void begin() {
    switch (dialect) {
      case SQLITE -> update("BEGIN IMMEDIATE").execute();
      case POSTGRESQL -> told("BEGIN", () -> connection.setAutoCommit(false));
    }
  }

  final void commit() {
    switch (dialect) {
      case SQLITE -> update("COMMIT").execute();
      case POSTGRESQL ->
          told(
              "COMMIT",
              () -> {
                connection.commit();
                connection.setAutoCommit(true);
              });
    }
  }

  final void rollback() {
    switch (dialect) {
      case SQLITE -> update("ROLLBACK").execute();
      case POSTGRESQL ->
          told(
              "ROLLBACK",
              () -> {
                connection.rollback();
                connection.setAutoCommit(true);
              });
    }
  }

  private interface Call {
    void run() throws SQLException;
  }

  private static void told(String what, Call call) {
    try {
      call.run();
    } catch (SQLException e) {
      throw new SqlFailure(what, e);
    }
  }

  /// A statement that nobody else uses until it is [#release]d.
  final PreparedStatement take(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? connection.prepareStatement(sql) : kept;
  }

  /// Keeps a statement for its next use; of too many, the one that was not used for longest goes.
  final void release(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement other = idle.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (idle.size() > KEPT) {
      Iterator<PreparedStatement> oldest = idle.values().iterator();
      PreparedStatement last = oldest.next();
      oldest.remove();
      last.close();
    }
  }

  /// Closes the connection, whatever it was in.
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
