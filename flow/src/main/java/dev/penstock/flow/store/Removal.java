package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;

/// Deletes flow runs with all that belongs to them.
final class Removal {
  private Removal() {}

  /// Deletes a run and those it has called, unless somebody holds it or the outermost run.
  static boolean delete(Tx tx, String id) {
    Optional<FlowRun> run = SqlFlowRuns.held(tx, id);
    if (run.isEmpty() || run.get().state().type().isHeld()) {
      return false;
    }
    String root = run.get().call().root();
    if (root != null
        && SqlFlowRuns.held(tx, root)
            .filter(outer -> !outer.state().type().isFinal())
            .isPresent()) {
      return false;
    }
    List<String> inside =
        tx.query(Transitions.INSIDE + "SELECT id FROM inside").bind("run", id).texts().list();
    inside.forEach(subflow -> deleteOne(tx, subflow));
    deleteOne(tx, id);
    return true;
  }

  private static void deleteOne(Tx tx, String run) {
    tx.update("DELETE FROM flow_run WHERE id = :run").bind("run", run).execute();
  }
}
