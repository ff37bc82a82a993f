package dev.penstock.flow.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Deletes finished runs that need not be kept, a few at a time, so that nobody waits for it.
/// Several processes may do it at once. For one thread.
public final class Retention {
  /// Rows of one run that go in one transaction.
  private static final int ROWS = 2_000;

  private final Database database;
  private final Supplier<Retained> setting;
  private final Optional<ResultFiles> files;
  private String lastFlow = "";

  /// @param setting which runs are kept, asked for with each step
  /// @param files where files of results are kept, when they are to be deleted too
  Retention(Database database, Supplier<Retained> setting, Optional<ResultFiles> files) {
    this.database = database;
    this.setting = setting;
    this.files = files;
  }

  /// Deletes the runs of one step: some that are too old, some of one flow that has too many. To be
  /// called again at once while there is something to do, then from time to time.
  ///
  /// @return how many were deleted
  public int tick() {
    Retained retained = setting.get();
    List<String> doomed = new ArrayList<>(database.read(tx -> tooOld(tx, retained)));
    if (doomed.size() < retained.step()) {
      doomed.addAll(tooMany(retained.perFlow(), retained.step() - doomed.size()));
    }
    int deleted = 0;
    for (String run : doomed) {
      while (database.write(tx -> shrink(tx, run))) {
        // in small steps
      }
      deleted += database.write(tx -> over(tx, run) && Removal.delete(tx, run)) ? 1 : 0;
    }
    if (deleted == 0) {
      database.write(Retention::forgetExpired);
      files.ifPresent(kept -> kept.deleteUnused(database.read(tx -> neededSince(tx, retained))));
    }
    return deleted;
  }

  private static List<String> tooOld(Tx tx, Retained retained) {
    return tx.query(
            """
            SELECT id FROM flow_run WHERE ended_at < :before AND ended_at IS NOT NULL
              AND root IS NULL
            ORDER BY ended_at LIMIT :most
            """)
        .bind("before", tx.now() - Tx.micros(retained.age()))
        .bind("most", retained.step())
        .texts()
        .list();
  }

  /// Of the flows that come next by name: each has its turn.
  private List<String> tooMany(int kept, int atMost) {
    List<String> doomed = new ArrayList<>();
    String first = lastFlow;
    boolean again = false;
    while (doomed.size() < atMost && !(again && lastFlow.compareTo(first) >= 0)) {
      Optional<String> flow = database.read(tx -> flowAfter(tx, lastFlow));
      int left = atMost - doomed.size();
      flow.ifPresent(name -> doomed.addAll(database.read(tx -> tooMany(tx, name, kept, left))));
      if (flow.isEmpty() && again) {
        return doomed;
      }
      again |= flow.isEmpty();
      lastFlow = flow.orElse("");
    }
    return doomed;
  }

  private static Optional<String> flowAfter(Tx tx, String flow) {
    return tx.query("SELECT flow FROM flow_run WHERE flow > :last ORDER BY flow LIMIT 1")
        .bind("last", flow)
        .texts()
        .findOne();
  }

  private static List<String> tooMany(Tx tx, String flow, int kept, int atMost) {
    return tx.query(
            """
            SELECT id FROM flow_run
            WHERE flow = :flow AND ended_at IS NOT NULL AND root IS NULL
            ORDER BY created_at DESC, id DESC LIMIT :most OFFSET :kept
            """)
        .bind("flow", flow)
        .bind("most", atMost)
        .bind("kept", kept)
        .texts()
        .list();
  }

  /// Somebody may have retried it meanwhile.
  private static boolean over(Tx tx, String run) {
    return SqlFlowRuns.held(tx, run).filter(found -> found.state().type().isFinal()).isPresent();
  }

  /// @return whether there may be more
  private static boolean shrink(Tx tx, String run) {
    if (!over(tx, run)) {
      return false;
    }
    return delete(tx, "log", run) == ROWS || delete(tx, "task_run", run) == ROWS;
  }

  private static int delete(Tx tx, String table, String run) {
    return tx.update(
            "DELETE FROM "
                + table
                + " WHERE id IN (SELECT id FROM "
                + table
                + " WHERE flow_run = :run LIMIT :rows)")
        .bind("run", run)
        .bind("rows", ROWS)
        .execute();
  }

  private static int forgetExpired(Tx tx) {
    SqlLoginSessions.forgetExpired(tx);
    SqlLoginAttempts.forgetOld(tx);
    SqlAuditLog.forgetOld(tx);
    WriterConnection.forgetOld(tx);
    return tx.update(
            """
            DELETE FROM task_cache WHERE key IN (
              SELECT key FROM task_cache WHERE expires_at <= :now LIMIT :rows)
            """)
        .bind("now", tx.now())
        .bind("rows", ROWS)
        .execute();
  }

  /// A file that nobody has written or read since belongs to no run that is there: it is older than
  /// all of them.
  private static Instant neededSince(Tx tx, Retained retained) {
    long oldest =
        tx.query("SELECT min(created_at) FROM flow_run").longs().findOne().orElse(Long.MAX_VALUE);
    return Tx.instant(Math.min(oldest, tx.now() - Tx.micros(retained.age())));
  }
}
