package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/// What a store is asked, and has done to it, apart from runs: its tables are left as they are.
///
/// @param url of the store
public record StoreCare(StoreUrl url) {
  /// The version of the tables that this Penstock works with.
  public static int knownVersion() {
    return Migrations.VERSION;
  }

  /// The version of its tables; 0 when there are none yet.
  ///
  /// @throws StoreUnavailable when it cannot be reached
  public int version() {
    return url.isThere() ? Migrations.of(url).found() : 0;
  }

  /// How far its clock is ahead of another.
  ///
  /// @throws StoreUnavailable when it cannot be reached
  public Duration ahead(Instant now) {
    try (SqlConnection connection = new SqlConnection(url.connect(), url.dialect())) {
      long micros = new StoreClock(url.dialect(), () -> now).now(connection);
      return Duration.between(now, Tx.instant(micros));
    } catch (SqlFailure | SQLException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }

  /// Gives the room of what was deleted back to the disk. Others wait for it on SQLite.
  ///
  /// @throws StoreUnavailable when it cannot be reached
  public void vacuum() {
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
    } catch (SQLException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }
}
