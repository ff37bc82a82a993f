package dev.penstock.flow.worker;

import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteWorkerProcessesTest extends WorkerProcessesContract {

  @Override
  StoreUrl url(Path directory) {
    return StoreUrl.file(directory.resolve("store.db"));
  }

  /// The lock of a file stays with a process that is stopped within a transaction.
  @Override
  boolean isLocked(StoreUrl url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url.value());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 100");
      statement.execute("BEGIN IMMEDIATE");
      return false;
    } catch (SQLiteException e) {
      if (e.getResultCode().code != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw e;
      }
      return true;
    }
  }
}
