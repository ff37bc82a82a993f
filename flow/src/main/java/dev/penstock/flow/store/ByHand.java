package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRuns.Outcome;

/// What people do to flow runs.
final class ByHand {
  private ByHand() {}

  static void cancel(Tx tx, FlowRun run) {
    switch (run.state().type()) {
      case SCHEDULED, PAUSED ->
          Transitions.end(
              tx, run.id(), StateName.CANCELLED, Outcome.message("cancelled while nobody ran it"));
      case PENDING, RUNNING -> {
        want(tx, run.id(), Wanted.CANCEL);
        Transitions.set(tx, run.id(), StateName.CANCELLING, "");
      }
      case CANCELLING, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
    }
  }

  static void pause(Tx tx, FlowRun run) {
    switch (run.state().type()) {
      case SCHEDULED, PAUSED -> {
        if (run.state().name() != StateName.PAUSED) {
          Transitions.waitForWord(tx, run.id());
          Transitions.set(tx, run.id(), StateName.PAUSED, "");
        }
      }
      case PENDING, RUNNING -> want(tx, run.id(), Wanted.PAUSE);
      case CANCELLING, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
    }
  }

  static void resume(Tx tx, FlowRun run) {
    switch (run.state().type()) {
      case PAUSED -> again(tx, run, StateName.RESUMING);
      case PENDING, RUNNING ->
          tx.update("UPDATE flow_run SET wanted = NULL WHERE id = :run AND wanted = 'PAUSE'")
              .bind("run", run.id())
              .execute();
      case SCHEDULED, CANCELLING, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
    }
  }

  static void retry(Tx tx, FlowRun run, boolean fromStart) {
    if (!run.state().type().isFinal()) {
      return;
    }
    if (fromStart) {
      tx.update("UPDATE flow_run SET generation = generation + 1 WHERE id = :run")
          .bind("run", run.id())
          .execute();
    }
    Transitions.tryAgain(tx, run.id());
    again(tx, run, StateName.AWAITING_RETRY);
  }

  private static void again(Tx tx, FlowRun run, StateName state) {
    Transitions.reopen(tx, run.id(), state);
    if (run.origin().pool() != null) {
      tx.wake(SqlFlowRuns.pool(run.origin().pool()));
    }
  }

  private static void want(Tx tx, String run, Wanted wanted) {
    tx.update("UPDATE flow_run SET wanted = :wanted WHERE id = :run")
        .bind("wanted", wanted.name())
        .bind("run", run)
        .execute();
  }
}
