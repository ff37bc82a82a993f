package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The tables of a store, brought up to this version by Flyway. Flyway is not even loaded when they
/// are: that takes a good part of a short program's time.
final class Migrations {
  /// The newest file of `migration`. A store of a newer version is not touched.
  static final int VERSION = 14;

  static final String DIRECTORY = "dev/penstock/flow/store/migration";

  private static final String HISTORY = "penstock_schema_history";

  private final StoreUrl url;

  private Migrations(StoreUrl url) {
    this.url = url;
  }

  static Migrations of(StoreUrl url) {
    return new Migrations(url);
  }

  /// @throws StoreUnavailable when the store is newer than this Penstock, or cannot be changed
  void bringUpToDate() {
    int found = found();
    if (found > VERSION) {
      throw new StoreUnavailable(
          "the store "
              + url
              + " is of version "
              + found
              + ", this Penstock knows versions up to "
              + VERSION
              + ": use the Penstock that made it, or a newer one",
          new IllegalStateException("schema version " + found));
    }
    if (found < VERSION) {
      try (MigrationLock _ = MigrationLock.of(url)) {
        migrate();
      }
    }
  }

  /// The version of the tables; 0 when there are none.
  int found() {
    String there =
        switch (url.dialect()) {
          case SQLITE -> "SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'";
          case POSTGRESQL -> "SELECT 1 WHERE to_regclass('" + HISTORY + "') IS NOT NULL";
        };
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet table = statement.executeQuery(there)) {
        if (!table.next()) {
          return 0;
        }
      }
      try (ResultSet newest =
          statement.executeQuery(
              "SELECT max(CAST(version AS INTEGER)) FROM " + HISTORY + " WHERE success")) {
        return newest.next() ? newest.getInt(1) : 0;
      }
    } catch (SQLException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }

  private void migrate() {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .loggers(QuietLog.class.getName())
          .dataSource(new ConnectingDataSource(url))
          .table(HISTORY)
          .locations("classpath:" + DIRECTORY)
          .placeholders(Map.of("serial", url.dialect().serial()))
          .outOfOrder(true)
          .lockRetryCount(-1)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }
}
