package dev.penstock.flow.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.data.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.sqlite.JDBC;

/// Where a store is: a JDBC URL of SQLite or PostgreSQL.
///
/// @param value may hold a password: for messages there is [#toString]
public record StoreUrl(String value) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final int READERS = 4;
  private static final long CONNECT_MILLIS = 10_000;

  public StoreUrl {
    if (!value.startsWith(SQLITE) && !value.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "the store must be a URL like jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, was "
              + Redaction.url(value));
    }
  }

  /// The store in a file, made when it is not there.
  public static StoreUrl file(Path file) {
    return new StoreUrl(SQLITE + file);
  }

  Dialect dialect() {
    return value.startsWith(SQLITE) ? Dialect.SQLITE : Dialect.POSTGRESQL;
  }

  /// Whether the file of the store is there; a server is taken to be.
  boolean isThere() {
    return dialect() == Dialect.POSTGRESQL
        || Files.exists(Path.of(value.substring(SQLITE.length())));
  }

  /// A connection that commits each statement until told otherwise. The drivers are named: all that
  /// are on the class path would be loaded to find the one that knows the URL.
  Connection connect() throws SQLException {
    makeDirectory();
    return switch (dialect()) {
      case SQLITE -> {
        SqliteLibrary.use();
        yield JDBC.createConnection(value, properties());
      }
      case POSTGRESQL -> requireNonNull(new Driver().connect(value, properties()));
    };
  }

  /// Connections to read by, made when they are needed.
  HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new ConnectingDataSource(this));
    config.setPoolName("penstock-store");
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /// SQLite keeps what a killed process has committed; what a power loss may take is the last
  /// commits, not the file. PostgreSQL keeps both, unless its server is set otherwise.
  private Properties properties() {
    Properties properties = new Properties();
    switch (dialect()) {
      case SQLITE -> {
        unlessGiven(properties, "journal_mode", "WAL");
        unlessGiven(properties, "synchronous", "NORMAL");
        unlessGiven(properties, "busy_timeout", "30000");
        unlessGiven(properties, "foreign_keys", "true");
      }
      case POSTGRESQL -> {
        properties.setProperty("ApplicationName", "penstock");
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_MILLIS / 1000));
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
      }
    }
    return properties;
  }

  private void unlessGiven(Properties properties, String name, String value) {
    if (!this.value.contains(name + "=")) {
      properties.setProperty(name, value);
    }
  }

  /// Whether each connection has a database of its own, which is lost with it.
  boolean isInMemory() {
    return dialect() == Dialect.SQLITE && value.contains(":memory:");
  }

  /// Of SQLite: the file.
  Path file() {
    String name = value.substring(SQLITE.length()).replaceFirst("^file:", "");
    int options = name.indexOf('?');
    return Path.of(options < 0 ? name : name.substring(0, options));
  }

  private void makeDirectory() {
    if (dialect() != Dialect.SQLITE || isInMemory()) {
      return;
    }
    Path directory = file().toAbsolutePath().getParent();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreUnavailable(
          "the store's directory " + directory + " cannot be made: name another, or make it: " + e,
          e);
    }
  }

  /// The URL without its password.
  @Override
  public String toString() {
    return Redaction.url(value);
  }
}
