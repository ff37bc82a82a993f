package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Split;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The log of positions in a database, on a connection of its own.
final class JdbcLog implements CommitLog {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Duration PAUSE = Duration.ofMillis(10);

  /// PostgreSQL's `unique_violation`, `duplicate_table` and `duplicate_object`.
  static final Set<String> ALREADY_THERE = Set.of("23505", "42P07", "42710");

  private final Session session;
  private final PositionTable positions;

  private JdbcLog(Session session) {
    this.session = session;
    this.positions = new PositionTable(session);
  }

  static JdbcLog open(ConnectionName connection) {
    return new JdbcLog(Session.open(connection));
  }

  @Override
  public Claim claim(String pipeline, Set<Split> splits) throws Exception {
    return claim(pipeline, splits, true);
  }

  @Override
  public Claim join(String pipeline, Set<Split> splits) throws Exception {
    return claim(pipeline, splits, false);
  }

  private Claim claim(String pipeline, Set<Split> splits, boolean alone) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    session.begin();
    while (true) {
      try {
        return session.dialect().keyedLog()
            ? attempt(pipeline, splits, alone)
            : attemptLocked(pipeline, splits, alone);
      } catch (SQLException e) {
        session.rollbackQuietly();
        if (!mayPass(e) || System.nanoTime() > deadline) {
          throw new DatabaseFailure(
              "cannot claim pipeline \"%s\" in table %s of %s: %s"
                  .formatted(pipeline, PositionTable.NAME, session.name(), e.getMessage()),
              e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /// Another transaction was met, or another process made the table at the same time.
  private boolean mayPass(SQLException e) {
    return session.dialect().conflict(e) || ALREADY_THERE.contains(String.valueOf(e.getSQLState()));
  }

  /// For a database that lives in this process.
  private Claim attemptLocked(String pipeline, Set<Split> splits, boolean alone)
      throws SQLException {
    LOCK.lock();
    try {
      return attempt(pipeline, splits, alone);
    } finally {
      LOCK.unlock();
    }
  }

  /// @param alone whether the pipeline has no other processes that may go on
  private Claim attempt(String pipeline, Set<Split> splits, boolean alone) throws SQLException {
    positions.create();
    session.connection().commit();
    session.dialect().limitLockWait(session.connection());
    Map<Split, Entry> last = new LinkedHashMap<>();
    Map<Split, Long> epochs = new LinkedHashMap<>();
    for (Split split : PositionTable.sorted(splits)) {
      PositionTable.Claimed claimed = positions.claim(pipeline, split);
      epochs.put(split, claimed.epoch());
      if (claimed.entry().to().isPresent()) {
        last.put(split, claimed.entry());
      }
    }
    if (alone) {
      session.dialect().endWriters(session.connection(), pipeline);
    }
    session.connection().commit();
    return new JdbcClaim(pipeline, Map.copyOf(last), Map.copyOf(epochs), !alone);
  }

  @Override
  public Set<Split> known(String pipeline) throws SQLException {
    positions.create();
    return positions.splits(pipeline);
  }

  @Override
  public void forget(String pipeline) throws SQLException {
    if (!session.connection().getAutoCommit()) {
      session.connection().setAutoCommit(true);
    }
    positions.create();
    positions.remove(pipeline);
  }

  @Override
  public void close() {
    session.close();
  }
}
