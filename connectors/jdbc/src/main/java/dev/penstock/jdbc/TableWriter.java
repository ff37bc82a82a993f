package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.RecordType;
import dev.penstock.jdbc.LoadPlan.End;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.connector.UnknownOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes records into a table; everything between two commits is one transaction. With several
/// connections the first one is the main one: it commits last, and it alone swaps.
final class TableWriter<T> implements TxWriter<T> {
  private final List<Session> sessions;
  private final Session main;
  private final TableName table;
  private final RecordType<T> type;
  private final LoadSettings settings;
  private volatile @Nullable JdbcClaim claim;
  private LoadPlan<T> plan;
  private final RowLoader<T> loader;

  /// Whether what the plan needs is there, in the open transaction or committed.
  private boolean prepared;

  /// Whether a unit was committed.
  private boolean committed;

  private boolean closed;
  private boolean swapped;

  private TableWriter(
      List<Session> sessions,
      TableName table,
      RecordType<T> type,
      LoadSettings settings,
      @Nullable JdbcClaim claim)
      throws Exception {
    this.sessions = sessions;
    this.main = sessions.getFirst();
    this.table = table;
    this.type = type;
    this.settings = settings;
    this.claim = claim;
    this.plan = prepare();
    List<Connection> connections = sessions.stream().map(Session::connection).toList();
    this.loader = main.dialect().load(connections, plan.into(), plan.settings());
    this.prepared = true;
  }

  /// Tries again where another process has made the table at the same time.
  private LoadPlan<T> prepare() throws SQLException, Fenced {
    boolean goesOn = claim != null && (committed || claim.goesOn());
    try {
      return LoadPlan.prepare(main, table, type, settings, claim, goesOn);
    } catch (SQLException e) {
      if (!JdbcLog.ALREADY_THERE.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      main.rollbackQuietly();
      return LoadPlan.prepare(main, table, type, settings, claim, goesOn);
    }
  }

  static <T> TableWriter<T> open(
      ConnectionName connection,
      TableName table,
      RecordType<T> type,
      LoadSettings settings,
      @Nullable JdbcClaim claim)
      throws Exception {
    List<Session> sessions = new ArrayList<>();
    try {
      sessions.add(Session.open(connection));
      if (claim != null) {
        sessions.getFirst().sign(claim.pipeline());
      }
      sessions.getFirst().begin();
      int wanted = sessions.getFirst().dialect().connections(settings.connections());
      if (wanted > 1 && claim != null) {
        throw new IllegalArgumentException(
            "a resumable run writes table %s on one connection, connections was %d: its rows and its positions are one transaction"
                .formatted(table, wanted));
      }
      while (sessions.size() < wanted) {
        sessions.add(Session.open(connection).begin());
      }
      return new TableWriter<>(sessions, table, type, settings.withConnections(wanted), claim);
    } catch (SQLException e) {
      sessions.forEach(Session::close);
      throw failure("preparing table " + table, e);
    } catch (Throwable e) {
      sessions.forEach(Session::close);
      throw e;
    }
  }

  @Override
  public void add(Claim more) {
    JdbcClaim held = claim;
    if (held == null) {
      throw new IllegalStateException("table " + table + " is written without a claim");
    }
    claim = held.with(more);
  }

  @Override
  public void write(T record) throws Exception {
    try {
      begin();
      loader.write(record);
    } catch (Exception e) {
      failed(e);
      throw e;
    }
  }

  @Override
  public void flush() throws Exception {
    try {
      begin();
      loader.flush();
    } catch (Exception e) {
      failed(e);
      throw e;
    }
  }

  private void failed(Exception failure) throws Fenced {
    if (failure instanceof RejectedRecord) {
      rollback();
    } else {
      confirmClaim(failure);
    }
  }

  /// Whoever claims the pipeline ends the connection of this writer, and should be named rather
  /// than the lost connection.
  ///
  /// @throws Fenced when that is why it was lost
  private void confirmClaim(Exception failure) throws Fenced {
    if (claim == null || !lostConnection(failure)) {
      return;
    }
    try (Session other = Session.open(main.name())) {
      new PositionTable(other).confirm(claim);
    } catch (SQLException | DatabaseFailure e) {
      failure.addSuppressed(e);
    }
  }

  private boolean lostConnection(Exception failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException e && main.dialect().unknownOutcome(e)) {
        return true;
      }
    }
    return false;
  }

  private void begin() throws SQLException, Fenced {
    if (!prepared) {
      plan = prepare();
      prepared = true;
    }
  }

  @Override
  public void commit(Cut cut) throws Exception {
    boolean committed = false;
    try {
      commitAll(cut);
      committed = true;
    } catch (Exception e) {
      confirmClaim(e);
      throw e;
    } finally {
      if (!committed) { // at once, because others may wait for its locks
        rollback();
      }
    }
  }

  private void commitAll(Cut cut) throws Exception {
    begin();
    loader.flush();
    for (Session session : sessions.subList(1, sessions.size())) {
      commit(session);
    }
    boolean swaps = plan.end() == End.SWAP && cut.last();
    try {
      if (claim != null) {
        main.dialect().limitIdleTransaction(main.connection());
      }
      if (plan.end() == End.MERGE) {
        Dialect dialect = main.dialect();
        dialect.merge(main.connection(), plan.into().table(), plan.target(), plan.settings());
      } else if (swaps) {
        plan.swap(main);
      }
      if (claim != null) {
        PositionTable positions = new PositionTable(main);
        if (plan.end() == End.SWAP) {
          positions.confirmReplacing(table, claim.pipeline());
        }
        positions.move(claim, cut);
      }
    } catch (SQLException e) {
      throw failure("committing to table " + table, e);
    }
    commit(main);
    committed = true;
    swapped |= swaps;
    prepared = plan.end() == End.NOTHING || (plan.end() == End.SWAP && !cut.last());
  }

  private void commit(Session session) throws UnknownOutcome, Fenced {
    try {
      session.connection().commit();
    } catch (SQLException e) {
      if (session.dialect().unknownOutcome(e)) {
        throw new UnknownOutcome(
            "the connection to %s was lost during the COMMIT of table %s: %s"
                .formatted(session.name(), table, PostgreSql.message(e)),
            e);
      }
      if (claim != null && session.dialect().conflict(e)) {
        throw new Fenced(
            "another process has claimed pipeline \"" + claim.pipeline() + "\" during a commit");
      }
      throw failure("committing to table " + table, e);
    }
  }

  private static RuntimeException failure(String doing, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String message = doing + " failed: " + PostgreSql.message(e);
    return state.startsWith("22") || state.startsWith("23") || message.contains("Constraint Error")
        ? new RejectedRecord(message, -1, e)
        : new DatabaseFailure(message, e);
  }

  @Override
  public void rollback() {
    loader.cancel();
    sessions.forEach(Session::rollbackQuietly);
    prepared = false;
  }

  @Override
  public long bytes() {
    return loader.bytes();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rollback();
      loader.close();
      dropStaging();
    } finally {
      sessions.forEach(Session::close);
    }
  }

  /// What several connections load is committed before it is swapped in, and of no use without
  /// that.
  private void dropStaging() {
    if (sessions.size() > 1 && plan.end() == End.SWAP && !swapped) {
      try {
        main.execute("DROP TABLE IF EXISTS " + plan.into().table().quoted());
        main.connection().commit();
      } catch (SQLException e) {
        // The next run drops it.
      }
    }
  }
}
