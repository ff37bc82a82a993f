package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRuns.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways of a flow run from state to state.
final class Transitions {
  /// When a run is due that waits until somebody says so.
  private static final long NEVER = Long.MAX_VALUE;

  /// The runs that a run has called, and those that they have.
  static final String INSIDE =
      """
      WITH RECURSIVE inside (id) AS (
        SELECT id FROM flow_run WHERE parent = :run
        UNION ALL
        SELECT flow_run.id FROM flow_run JOIN inside ON flow_run.parent = inside.id)
      """;

  private static final String LEAVE =
      """
      UPDATE flow_run SET state_type = :type, state_name = :name, state_at = :now,
        state_message = :message, result = :result, error = :error,
        due_at = coalesce(:due, due_at), wanted = NULL, lease_owner = NULL, lease_until = NULL,
        crashes = 0, ended_at = CASE WHEN :over = 1 THEN :now END,
      """;

  private Transitions() {}

  static State move(Tx tx, Lease lease, StateName state, Outcome outcome) {
    if (state.type() == StateType.COMPLETED) {
      tx.runs().complete(tx, lease, state, outcome);
      return new State(state, Tx.instant(tx.now()), outcome.message());
    }
    if (state.type().isFinal()) {
      leave(tx, lease, state, outcome);
      endInside(tx, lease.run(), state);
      return new State(state, Tx.instant(tx.now()), outcome.message());
    }
    tx.require(lease);
    if (state.type().isHeld()) {
      set(tx, lease.run(), state, outcome.message());
      return new State(state, Tx.instant(tx.now()), outcome.message());
    }
    StateName reached = asked(tx, lease.run(), state);
    if (reached == StateName.CANCELLED) {
      end(tx, lease.run(), reached, Outcome.message("cancelled while it had to wait"));
    } else {
      leave(tx, lease, reached, outcome);
      if (reached != state) {
        waitForWord(tx, lease.run());
      }
      if (state == StateName.AWAITING_RETRY) {
        tryAgain(tx, lease.run());
      }
    }
    return SqlFlowRuns.find(tx, "id = :value", lease.run()).orElseThrow().state();
  }

  /// A run is not due until somebody says so.
  static void waitForWord(Tx tx, String run) {
    tx.update("UPDATE flow_run SET due_at = :never WHERE id = :run")
        .bind("never", NEVER)
        .bind("run", run)
        .execute();
  }

  /// The state of a run that wants to wait, in view of what somebody has asked of it.
  private static StateName asked(Tx tx, String run, StateName state) {
    Optional<String> wanted =
        tx.query("SELECT wanted FROM flow_run WHERE id = :run AND wanted IS NOT NULL")
            .bind("run", run)
            .texts()
            .findOne();
    return wanted
        .map(Wanted::valueOf)
        .map(asked ->
            switch (asked) {
              case CANCEL -> StateName.CANCELLED;
              case PAUSE -> StateName.PAUSED;
            })
        .orElse(state);
  }

  /// Whoever holds a run lets it go.
  private static void leave(Tx tx, Lease lease, StateName state, Outcome outcome) {
    boolean limited =
        bound(
                tx,
                LEAVE
                    + " fence = fence WHERE id = :run AND fence = :fence AND lease_owner = :owner"
                    + " RETURNING limited",
                state,
                outcome)
            .bind("run", lease.run())
            .bind("fence", lease.fence())
            .bind("owner", lease.owner())
            .integers()
            .findOne()
            .orElseThrow(() -> new Fenced(lease))
            .equals(1);
    left(tx, lease.run(), limited, state, outcome.message());
  }

  /// Ends a run in place of the process that holds it, which loses it, with all that it has called.
  static void end(Tx tx, String run, StateName state, Outcome outcome) {
    endOne(tx, run, state, outcome);
    endInside(tx, run, state);
  }

  /// Ends what a run has not finished when it ends otherwise than completed: a subflow may wait for
  /// its next try.
  private static void endInside(Tx tx, String run, StateName state) {
    List<String> inside =
        tx.query(INSIDE + "SELECT id FROM inside").bind("run", run).texts().list();
    StateName stopped = state.type() == StateType.CRASHED ? state : StateName.CANCELLED;
    endTasks(tx, run, stopped);
    for (String subflow : inside) {
      SqlFlowRuns.held(tx, subflow)
          .filter(found -> !found.state().type().isFinal())
          .ifPresent(_ -> {
            endOne(tx, subflow, stopped, Outcome.message("the run that called it has ended"));
            endTasks(tx, subflow, stopped);
          });
    }
  }

  private static void endOne(Tx tx, String run, StateName state, Outcome outcome) {
    boolean limited =
        bound(tx, LEAVE + " fence = fence + 1 WHERE id = :run RETURNING limited", state, outcome)
            .bind("run", run)
            .integers()
            .one()
            .equals(1);
    left(tx, run, limited, state, outcome.message());
  }

  private static Query bound(Tx tx, String sql, StateName state, Outcome outcome) {
    return tx.query(sql)
        .bind("type", state.type().name())
        .bind("name", state.title())
        .bind("now", tx.now())
        .bind("message", outcome.message())
        .bind("result", outcome.result())
        .bind("error", outcome.error())
        .bind("due", outcome.pause() == null ? null : tx.in(outcome.pause()))
        .bind("over", state.type().isFinal() ? 1 : 0);
  }

  private static void left(Tx tx, String run, boolean limited, StateName state, String message) {
    tx.leasesChanged();
    tx.entered(Histories.Of.FLOW_RUN, run, state, message);
    if (limited) {
      Slots.releaseAll(tx, run);
    }
  }

  private static void endTasks(Tx tx, String run, StateName state) {
    List<String> ended =
        tx.query(
                """
                UPDATE task_run SET state_type = :type, state_name = :name, state_at = :now,
                  state_message = '', ended_at = :now
                WHERE flow_run = :run
                  AND state_type NOT IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')
                RETURNING id
                """)
            .bind("type", state.type().name())
            .bind("name", state.title())
            .bind("now", tx.now())
            .bind("run", run)
            .texts()
            .list();
    ended.forEach(task -> tx.entered(Histories.Of.TASK_RUN, task, state, ""));
  }

  /// Counts another try, which does the failed tasks again, and the subflows among them.
  static void tryAgain(Tx tx, String run) {
    tx.update("UPDATE flow_run SET attempt = attempt + 1 WHERE id = :run")
        .bind("run", run)
        .execute();
    List<Again> again =
        tx.query(
                """
                UPDATE task_run SET state_type = 'SCHEDULED', state_name = 'AwaitingRetry',
                  state_at = :now, state_message = '', ended_at = NULL
                WHERE flow_run = :run AND state_type IN ('FAILED', 'CANCELLED', 'CRASHED')
                  AND generation = (SELECT generation FROM flow_run WHERE id = :run)
                RETURNING id, child
                """)
            .bind("now", tx.now())
            .bind("run", run)
            .map(row -> new Again(row.getString("id"), row.getString("child")))
            .list();
    for (Again task : again) {
      tx.entered(Histories.Of.TASK_RUN, task.id(), StateName.AWAITING_RETRY, "");
      if (task.child() != null) {
        SqlFlowRuns.held(tx, task.child())
            .filter(found -> found.state().type().isFinal())
            .filter(found -> found.state().type() != StateType.COMPLETED)
            .ifPresent(found -> {
              reopen(tx, found.id(), StateName.AWAITING_RETRY);
              tryAgain(tx, found.id());
            });
      }
    }
  }

  private record Again(String id, @Nullable String child) {}

  /// Lets a run that nobody holds be taken at once.
  static void reopen(Tx tx, String run, StateName state) {
    tx.update(
            """
            UPDATE flow_run SET due_at = :now, wanted = NULL, ended_at = NULL, error = NULL,
              result = NULL, crashes = 0
            WHERE id = :run
            """)
        .bind("now", tx.now())
        .bind("run", run)
        .execute();
    set(tx, run, state, "");
  }

  /// Notes where a run is; nothing else of it changes.
  static void set(Tx tx, String run, StateName state, String message) {
    tx.update(
            """
            UPDATE flow_run SET state_type = :type, state_name = :name, state_at = :now,
              state_message = :message
            WHERE id = :run
            """)
        .bind("type", state.type().name())
        .bind("name", state.title())
        .bind("now", tx.now())
        .bind("message", message)
        .bind("run", run)
        .execute();
    tx.entered(Histories.Of.FLOW_RUN, run, state, message);
  }
}
