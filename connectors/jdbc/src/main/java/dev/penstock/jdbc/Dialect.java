package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// What differs from database to database.
sealed interface Dialect permits PostgreSql, DuckDb, OtherDatabase {

  static Dialect of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return PostgreSql.INSTANCE;
    }
    if (url.startsWith("jdbc:duckdb:")) {
      return DuckDb.INSTANCE;
    }
    return new OtherDatabase(url.startsWith("jdbc:sqlite:"));
  }

  /// Settings of the driver that a URL does not override.
  Properties defaults(String url);

  /// Prepares a new connection.
  default void greet(Connection connection) throws SQLException {}

  /// The table as it is, or empty if there is none.
  Optional<TableInfo> describe(Connection connection, TableName table) throws SQLException;

  /// The type of a new column for values of this type.
  String declare(DataType type);

  /// The type of the log's column for bytes.
  default String binary() {
    return declare(DataType.Scalar.BINARY);
  }

  /// The type of columns of the log that are part of its key.
  default String sqlText() {
    return "VARCHAR(500)";
  }

  /// Whether its SQL has what the log of positions needs.
  default boolean keepsPositions() {
    return true;
  }

  /// Whether the log's rows have a primary key. If not, claims of this process wait for each other.
  default boolean keyedLog() {
    return true;
  }

  /// Whether a column of the table can take values of this type without loss.
  boolean takes(TableInfo.TableColumn column, DataType type);

  /// How many connections are of use.
  default int connections(int wanted) {
    return 1;
  }

  /// Whether an upsert loads a table beside the target first and merges it then, rather than insert
  /// into the target itself.
  boolean mergesUpserts();

  /// Makes an empty table with the columns, and if it can the constraints and indexes, of another.
  void createLike(Connection connection, TableName table, TableInfo like) throws SQLException;

  /// Makes the table that an upsert loads; only this connection sees it.
  ///
  /// @return its name
  TableName createBeside(Connection connection, LoadTarget<?> target) throws SQLException;

  /// Inserts what is in `beside` into the target, or updates it there.
  void merge(Connection connection, TableName beside, LoadTarget<?> target, LoadSettings settings)
      throws SQLException;

  /// Starts a loader into the target. The settings matter to databases that do not merge upserts.
  <T> RowLoader<T> load(List<Connection> connections, LoadTarget<T> target, LoadSettings settings)
      throws Exception;

  /// Bounds how long the session may hold locks while it does nothing; said before rows of the
  /// target are locked.
  default void limitIdleTransaction(Connection connection) throws SQLException {}

  /// Bounds how long a claim waits for another session's lock.
  default void limitLockWait(Connection connection) throws SQLException {}

  /// Marks a session as a writer of this pipeline; said before its first transaction.
  default void sign(Connection connection, String pipeline) throws SQLException {}

  /// Ends the sessions that were signed so, and with them their locks. Called in the transaction of
  /// a claim, which keeps later claims out: what there is belongs to owners before it. The fence
  /// alone keeps positions right; but an owner that hangs would let its successor wait for ever.
  default void endWriters(Connection connection, String pipeline) throws SQLException {}

  /// Whether the statement may succeed when tried again, because it met another transaction.
  boolean conflict(SQLException e);

  /// Whether after this failure of a COMMIT nobody knows if it took effect.
  boolean unknownOutcome(SQLException e);

  /// Asks the database, by another thread than the session's, to give up what a statement runs.
  default void cancel(Statement statement) throws SQLException {
    statement.cancel();
  }

  /// Makes the statement give its rows as they come, rather than all at once.
  void stream(PreparedStatement statement, int rows) throws SQLException;
}
