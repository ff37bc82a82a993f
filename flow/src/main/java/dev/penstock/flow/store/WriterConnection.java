package dev.penstock.flow.store;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The connection that a process writes by, made when it is needed. On PostgreSQL each transaction
/// counts up a row of its own, so that when a COMMIT is not answered the next connection can read
/// whether it happened: nothing is written twice, and nothing that was written is told as failed.
/// For one thread.
final class WriterConnection implements AutoCloseable {
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  /// Shorter than a lease: a process that is suspended within a transaction does not keep the rows
  /// of its run from whoever takes that over.
  static final Duration IDLE = Duration.ofSeconds(10);

  private final StoreUrl url;
  private final StoreClock clock;
  private final String writer;
  private @Nullable SqlConnection connection;
  private long commits;

  /// @param writer a name that nobody else has
  WriterConnection(StoreUrl url, StoreClock clock, String writer) {
    this.url = url;
    this.clock = clock;
    this.writer = writer;
  }

  /// Begins a transaction.
  Tx begin() throws SQLException {
    SqlConnection open = connected();
    open.begin();
    return switch (url.dialect()) {
      case SQLITE -> new Tx(open, () -> clock.now(open));
      case POSTGRESQL -> {
        commits++;
        long now = mark(open);
        yield new Tx(open, () -> now);
      }
    };
  }

  private long mark(SqlConnection open) {
    return open.query(
            "INSERT INTO writer (id, commits, at) VALUES (:writer, :commits, "
                + StoreClock.MICROS
                + ") ON CONFLICT (id) DO UPDATE SET commits = excluded.commits, at = excluded.at"
                + " RETURNING at")
        .bind("commits", commits)
        .bind("writer", writer)
        .longs()
        .one();
  }

  /// Ends the transaction.
  ///
  /// @throws CommitUnanswered when the connection broke before the answer
  void commit(Tx tx) {
    try {
      tx.connection().commit();
    } catch (RuntimeException e) {
      if (StoreFailures.isBroken(e)) {
        throw new CommitUnanswered(e);
      }
      throw e;
    }
  }

  /// Whether the last transaction, whose COMMIT was not answered, has happened. Waits until the
  /// server has ended it.
  boolean committed() throws SQLException {
    disconnect();
    SqlConnection open = connected();
    return open.query("SELECT 1 FROM writer WHERE id = :writer AND commits >= :commits FOR UPDATE")
        .bind("writer", writer)
        .bind("commits", commits)
        .exists();
  }

  private SqlConnection connected() throws SQLException {
    SqlConnection open = connection;
    if (open == null) {
      open = new SqlConnection(url.connect(), url.dialect());
      connection = open;
      if (url.dialect() == Dialect.POSTGRESQL) {
        register(open);
      }
    }
    return open;
  }

  /// The row has to be there before its first transaction: one that is not would not be waited for.
  private void register(SqlConnection open) {
    open.update("SET idle_in_transaction_session_timeout = " + IDLE.toMillis()).execute();
    open.update(
            "INSERT INTO writer (id, commits, at) VALUES (:writer, 0, "
                + StoreClock.MICROS
                + ") ON CONFLICT (id) DO NOTHING")
        .bind("writer", writer)
        .execute();
  }

  /// Forgets those that have not written for long.
  static void forgetOld(Tx tx) {
    tx.update("DELETE FROM writer WHERE at < :before")
        .bind("before", tx.now() - Tx.micros(FORGOTTEN))
        .execute();
  }

  /// Takes back what was not committed; a connection that cannot even do that is given up.
  void rollback() {
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (RuntimeException e) {
      disconnect();
    }
  }

  private void disconnect() {
    SqlConnection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // it is gone already
      }
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
