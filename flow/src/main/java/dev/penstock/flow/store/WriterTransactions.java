package dev.penstock.flow.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Transactions that get over what passes: a server that is started again, a deadlock. Nothing of
/// them was committed, so that they are done again, for as long as leases leave time for it. For
/// one thread.
final class WriterTransactions implements AutoCloseable {
  /// Shorter than a lease: whoever holds a run must hear in time that the store is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long PAUSE_MILLIS = 100;

  private final StoreUrl url;
  private final WriterConnection connection;
  private long failingSince;

  WriterTransactions(StoreUrl url, WriterConnection connection) {
    this.url = url;
    this.connection = connection;
  }

  /// Commits work, done as often as it takes.
  ///
  /// @return the topics it wakes
  /// @throws StoreUnavailable when the database fails it
  Collection<String> run(Consumer<Tx> work) {
    while (true) {
      try {
        Collection<String> topics = once(work);
        failingSince = 0;
        return topics;
      } catch (StoreUnavailable e) { // nobody knows whether it is there: not to be done again
        throw e;
      } catch (RuntimeException | SQLException e) {
        if (!StoreFailures.passes(e) || !patient()) {
          throw StoreFailures.told(url, e);
        }
      }
    }
  }

  private Collection<String> once(Consumer<Tx> work) throws SQLException {
    Tx tx;
    try {
      tx = connection.begin();
      work.accept(tx);
      tx.flush();
      connection.commit(tx);
    } catch (CommitUnanswered e) {
      if (!committed(e)) {
        throw e;
      }
      return List.of(); // who waits was woken by the server
    } catch (RuntimeException | Error | SQLException e) {
      connection.rollback();
      throw e;
    }
    return tx.topics();
  }

  private boolean committed(CommitUnanswered unanswered) {
    while (true) {
      try {
        return connection.committed();
      } catch (RuntimeException | SQLException e) {
        if (!patient()) {
          unanswered.addSuppressed(e);
          throw StoreFailures.unknown(url, unanswered);
        }
      }
    }
  }

  /// Waits a little, unless it has failed for too long.
  private boolean patient() {
    long now = System.nanoTime();
    if (failingSince == 0) {
      failingSince = now;
    }
    if (now - failingSince > PATIENCE.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
