package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// An open connection to a database. Used by one thread at a time.
record Session(ConnectionName name, Dialect dialect, Connection connection)
    implements AutoCloseable {
  private static final int ANSWER_SECONDS = 5;

  /// Connects; statements are committed one by one until [#begin].
  ///
  /// @throws DatabaseFailure when the database cannot be reached
  static Session open(ConnectionName name) {
    ConnectionSettings settings = name.settings();
    if (!settings.url().startsWith("jdbc:")) {
      throw new DatabaseFailure(
          "the URL of connection " + name + " must begin with \"jdbc:\", was " + settings);
    }
    Dialect dialect = Dialect.of(settings.url());
    try {
      Connection connection = connect(settings, dialect.defaults(settings.url()));
      dialect.greet(connection);
      return new Session(name, dialect, connection);
    } catch (SQLException e) {
      throw cannotConnect(name, settings, e);
    }
  }

  /// A DuckDB file that is open in this process already keeps the settings that it was opened with.
  private static Connection connect(ConnectionSettings settings, Properties defaults)
      throws SQLException {
    Properties own = new Properties();
    own.putAll(settings.properties());
    settings.secrets().forEach((name, secret) -> own.setProperty(name, secret.reveal()));
    Properties all = new Properties();
    all.putAll(defaults);
    all.putAll(own);
    try {
      return DriverManager.getConnection(settings.url(), all);
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("different configuration")) {
        return DriverManager.getConnection(settings.url(), own);
      }
      throw e;
    }
  }

  /// The driver's message may quote the URL with its password; then the cause is left out too.
  private static DatabaseFailure cannotConnect(
      ConnectionName name, ConnectionSettings settings, SQLException e) {
    String message = String.valueOf(e.getMessage());
    String where = name.isUrl() ? name.toString() : name + " (" + settings + ")";
    if (message.startsWith("No suitable driver")) {
      return new DatabaseFailure("there is no JDBC driver on the class path for " + where);
    }
    String redacted = settings.redact(message);
    return redacted.equals(message)
        ? new DatabaseFailure("cannot connect to " + where + ": " + message, e)
        : new DatabaseFailure("cannot connect to " + where + ": " + redacted);
  }

  /// Marks this session as a writer of the pipeline; before [#begin].
  void sign(String pipeline) throws SQLException {
    dialect.sign(connection, pipeline);
  }

  /// From here on statements are committed together.
  Session begin() throws SQLException {
    connection.setAutoCommit(false);
    return this;
  }

  void execute(String sql) throws SQLException {
    PostgreSql.execute(connection, sql);
  }

  /// Rolls back what is open; a broken connection has done so already.
  void rollbackQuietly() {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // Closing it is all that is left to do, and that follows.
    }
  }

  /// A broken connection is aborted: closing one begins with a word to the server, and the driver
  /// leaves the socket open when that cannot be said.
  @Override
  public void close() {
    rollbackQuietly();
    try {
      if (connection.isValid(ANSWER_SECONDS)) {
        connection.close();
      } else {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // Nothing depends on it any more.
    }
  }
}
