package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRuns.Outcome;
import java.util.List;

/// What becomes of flow runs whose process is gone.
final class Expiry {
  private static final int STEP = 100;

  private Expiry() {}

  static List<String> expire(Tx tx, int again) {
    List<Lost> lost =
        tx.query(
                "SELECT * FROM flow_run WHERE lease_until < :now AND root IS NULL"
                    + " AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING') LIMIT "
                    + STEP
                    + " "
                    + tx.dialect().skipLocked())
            .bind("now", tx.now())
            .map(row -> new Lost(FlowRunRow.read(row), row.getInt("crashes") + 1))
            .list();
    lost.forEach(each -> expire(tx, each, again));
    return lost.stream().map(each -> each.run().id()).toList();
  }

  /// The same for one run, whose process is known to be gone.
  static void lost(Tx tx, FlowRun run, int again) {
    int before =
        tx.query("SELECT crashes FROM flow_run WHERE id = :run")
            .bind("run", run.id())
            .integers()
            .one();
    expire(tx, new Lost(run, before + 1), again);
  }

  /// @param crashes how often in a row it was lost now without progress
  private record Lost(FlowRun run, int crashes) {}

  private static void expire(Tx tx, Lost lost, int again) {
    FlowRun run = lost.run();
    String gone = run.owner() + " is gone";
    String pool = run.origin().pool();
    if (run.state().type() == StateType.CANCELLING) {
      Transitions.end(tx, run.id(), StateName.CANCELLED, Outcome.message(gone));
    } else if (pool != null && lost.crashes() <= again) {
      handOver(tx, lost, pool, gone);
    } else {
      String why =
          pool == null
              ? gone
              : gone + "; it was lost " + lost.crashes() + " times in a row without progress";
      Transitions.end(tx, run.id(), StateName.CRASHED, new Outcome(why, null, why, null));
    }
  }

  private static void handOver(Tx tx, Lost lost, String pool, String gone) {
    String run = lost.run().id();
    tx.update(
            """
            UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL,
              crashes = :crashes, due_at = :now
            WHERE id = :run
            """)
        .bind("crashes", lost.crashes())
        .bind("now", tx.now())
        .bind("run", run)
        .execute();
    tx.leasesChanged();
    Slots.releaseAll(tx, run);
    Claims.fenceInside(tx, run);
    Transitions.set(tx, run, StateName.CRASHED, gone);
    Transitions.set(tx, run, StateName.AWAITING_RETRY, gone + "; another takes it over");
    crashed(tx, run, gone);
    tx.wake(SqlFlowRuns.pool(pool));
  }

  private static void crashed(Tx tx, String root, String gone) {
    List<String> subflows =
        tx.query(
                """
                SELECT id FROM flow_run
                WHERE root = :run AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                """)
            .bind("run", root)
            .texts()
            .list();
    subflows.forEach(subflow -> Transitions.set(tx, subflow, StateName.CRASHED, gone));
  }
}
