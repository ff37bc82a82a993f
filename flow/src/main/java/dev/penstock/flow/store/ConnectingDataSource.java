package dev.penstock.flow.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connects anew each time; for Flyway, and for the pool of connections.
final class ConnectingDataSource implements DataSource {
  private static final int LOGIN_SECONDS = 10;

  private final StoreUrl url;

  ConnectingDataSource(StoreUrl url) {
    this.url = url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return url.connect();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the URL of the store has the user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  /// The pool waits for connections that are being made for so long when it is closed.
  @Override
  public int getLoginTimeout() {
    return LOGIN_SECONDS;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
