package dev.penstock.flow.simulation;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Lease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks at the tables after each transaction, and finds what must never be.
final class Witness {
  private static final Set<StateType> HELD =
      EnumSet.of(StateType.PENDING, StateType.RUNNING, StateType.CANCELLING);
  private static final Set<StateType> OVER =
      EnumSet.of(StateType.COMPLETED, StateType.FAILED, StateType.CANCELLED);
  private static final Set<StateName> BY_HOLDER =
      EnumSet.of(
          StateName.RUNNING,
          StateName.RETRYING,
          StateName.COMPLETED,
          StateName.FAILED,
          StateName.AWAITING_CONCURRENCY_SLOT);

  private static final Pattern RUN_NAME = Pattern.compile("flow run '[^']*'");

  private final World world;
  private final Map<String, Integer> limits = new HashMap<>();
  private final Set<Ledger.Call> finished = new HashSet<>();
  private final Map<String, StateName> states = new HashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private long lastRunState;
  private long lastTaskState;

  Witness(World world) {
    this.world = world;
  }

  /// A flow run as it was last seen.
  record Row(
      String id,
      boolean outermost,
      @Nullable String pool,
      @Nullable String deployment,
      StateName state,
      long fence,
      @Nullable String owner,
      long until) {
    boolean held() {
      return owner != null && HELD.contains(state.type());
    }

    boolean over() {
      return OVER.contains(state.type()) || state.type() == StateType.CRASHED;
    }
  }

  /// No more than so many runs of a pool, or of a deployment, may be held at once.
  void limit(String poolOrDeployment, int slots) {
    limits.put(poolOrDeployment, slots);
  }

  /// Whether a lease still is the run's.
  boolean holds(Lease lease) {
    Row row = rows.get(lease.run());
    return row != null && row.fence() == lease.fence() && lease.owner().equals(row.owner());
  }

  Iterable<Row> rows() {
    return rows.values();
  }

  /// Whether all runs that there are have come to their end.
  boolean allOver() {
    return rows.values().stream().allMatch(Row::over);
  }

  void requireUnfinished(Ledger.Call call) {
    if (finished.contains(call)) {
      throw new Violation(
          "finished task run again: " + call.task() + " of " + world.history().name(call.run()));
    }
  }

  /// @param by the process that has just committed
  void look(SimulatedProcess by) {
    try {
      lookAround(by);
    } catch (Violation e) {
      world.violated(e);
    }
  }

  private void lookAround(SimulatedProcess by) {
    try {
      Map<String, Row> before = new HashMap<>();
      for (long changed : world.database().changed().take("flow_run")) {
        Row row = read(changed);
        Row was = rows.put(row.id(), row);
        if (was != null) {
          before.put(row.id(), was);
          requireLeaseKept(was, row, by);
        }
      }
      requireLimits();
      if (!world.database().changed().take("flow_run_state").isEmpty()) {
        readRunStates(by);
      }
      if (!world.database().changed().take("task_run_state").isEmpty()) {
        readTaskStates(by, before);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Row read(long rowid) throws SQLException {
    try (ResultSet row =
        query(
            "SELECT id, root IS NULL, pool, deployment, state_name, fence, lease_owner, lease_until"
                + " FROM flow_run WHERE rowid = ?",
            rowid)) {
      if (!row.next()) {
        throw new Violation("run lost: its row is gone");
      }
      return new Row(
          row.getString(1),
          row.getBoolean(2),
          row.getString(3),
          row.getString(4),
          StateName.of(row.getString(5)),
          row.getLong(6),
          row.getString(7),
          row.getLong(8));
    }
  }

  private void requireLeaseKept(Row was, Row row, SimulatedProcess by) {
    boolean taken = was.fence() != row.fence() || row.owner() == null;
    String owner = was.owner();
    if (!was.held() || owner == null || !was.outermost() || !taken || by.name().equals(owner)) {
      return;
    }
    if (was.until() >= world.storeMicros()) {
      throw new Violation(
          "lease not kept: "
              + by.name()
              + " takes "
              + world.history().name(row.id())
              + " from "
              + owner
              + ", whose lease has not ended");
    }
  }

  private void requireLimits() {
    limits.forEach((key, slots) -> {
      long held =
          rows.values().stream()
              .filter(row -> row.held() && (key.equals(row.pool()) || key.equals(row.deployment())))
              .count();
      if (held > slots) {
        throw new Violation("limit exceeded: " + held + " runs at once, " + slots + " allowed");
      }
    });
  }

  private void readRunStates(SimulatedProcess by) throws SQLException {
    try (ResultSet row =
        query(
            "SELECT id, flow_run, name, message FROM flow_run_state WHERE id > ? ORDER BY id",
            lastRunState)) {
      while (row.next()) {
        lastRunState = row.getLong(1);
        StateName state = StateName.of(row.getString(3));
        String run = world.history().name(row.getString(2));
        String message = RUN_NAME.matcher(row.getString(4)).replaceAll("a run"); // at random
        world
            .history()
            .note(by.name(), run + ": " + state + (message.isEmpty() ? "" : ", " + message));
        StateName before = states.put(run, state);
        if (before != null && OVER.contains(before.type()) && state != StateName.AWAITING_RETRY) {
          throw new Violation("not the end: " + run + " was " + before + ", is " + state);
        }
      }
    }
  }

  private void readTaskStates(SimulatedProcess by, Map<String, Row> before) throws SQLException {
    try (ResultSet row =
        query(
            "SELECT s.id, t.flow_run, t.generation, t.name, s.name FROM task_run_state s"
                + " JOIN task_run t ON t.id = s.task_run WHERE s.id > ? ORDER BY s.id",
            lastTaskState)) {
      while (row.next()) {
        lastTaskState = row.getLong(1);
        Ledger.Call call = new Ledger.Call(row.getString(2), row.getInt(3), row.getString(4));
        StateName state = StateName.of(row.getString(5));
        String what = world.history().name(call.run()) + ": " + call.task() + " " + state;
        world.history().note(by.name(), what);
        if (BY_HOLDER.contains(state)
            && !held(call.run(), by, before)
            && !held(call.run(), by, rows)) {
          throw new Violation(
              "not fenced: " + by.name() + " wrote for a run it does not hold: " + what);
        }
        if (state.type() == StateType.COMPLETED && !finished.add(call)) {
          throw new Violation("result committed twice: " + what);
        }
      }
    }
  }

  private static boolean held(String run, SimulatedProcess by, Map<String, Row> rows) {
    Row row = rows.get(run);
    return row != null && by.name().equals(row.owner());
  }

  /// Rows of a query.
  ResultSet query(String sql, Object... values) throws SQLException {
    PreparedStatement statement = world.database().statement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeQuery();
  }
}
