package dev.penstock.flow.simulation;

import dev.penstock.flow.state.StateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What must be true when a world has ended.
final class Verdict {
  private final World world;
  private final Scenario scenario;
  private final People people;

  Verdict(World world, Scenario scenario, People people) {
    this.world = world;
    this.scenario = scenario;
    this.people = people;
  }

  /// Whether all schedules have come to their end.
  static boolean ticksAreOver(World world) {
    return none(world, "SELECT 1 FROM schedule WHERE ended = 0 LIMIT 1");
  }

  /// Whether automations have done all that there was to do.
  static boolean automationsAreOver(World world) {
    return none(world, "SELECT 1 FROM event WHERE evaluated = 0 LIMIT 1")
        && none(world, "SELECT 1 FROM delivery WHERE state = 'WAITING' LIMIT 1");
  }

  private static boolean none(World world, String query) {
    try (ResultSet row = world.witness().query(query)) {
      return !row.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @throws Violation when something is not as it must be
  void give(boolean over) {
    try {
      if (!over) {
        throw new Violation("no end: " + unfinished());
      }
      requireMade();
      requireSequels();
      requireTicks();
      requireResults();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> unfinished() {
    List<String> runs = new ArrayList<>();
    for (Witness.Row row : world.witness().rows()) {
      if (!row.over()) {
        runs.add(world.history().name(row.id()) + " is " + row.state());
      }
    }
    return runs;
  }

  private void requireMade() throws SQLException {
    for (String run : people.made()) {
      try (ResultSet row = world.witness().query("SELECT 1 FROM flow_run WHERE id = ?", run)) {
        if (!row.next()) {
          throw new Violation("run lost: " + world.history().name(run));
        }
      }
    }
    try (ResultSet row =
        world
            .witness()
            .query(
                "SELECT count(*) FROM flow_run WHERE interval_to IS NULL AND root IS NULL"
                    + " AND flow <> ?",
                Scenario.SEQUEL)) {
      row.next();
      if (row.getInt(1) != people.made().size()) {
        throw new Violation(
            "runs were asked for: " + people.made().size() + ", made: " + row.getInt(1));
      }
    }
  }

  /// Each time that a run has failed there was one sequel.
  private void requireSequels() throws SQLException {
    try (ResultSet row =
        world
            .witness()
            .query(
                """
                SELECT (SELECT count(*) FROM flow_run WHERE flow = ?),
                  (SELECT count(*) FROM event e JOIN flow_run r ON r.id = e.resource_id
                   WHERE e.name = 'penstock.flow-run.Failed' AND r.flow = 'flow')
                """,
                Scenario.SEQUEL)) {
      row.next();
      if (row.getInt(1) != row.getInt(2)) {
        throw new Violation(
            "runs have failed " + row.getInt(2) + " times, sequels: " + row.getInt(1));
      }
    }
  }

  private void requireTicks() throws SQLException {
    List<Instant> found = new ArrayList<>();
    try (ResultSet row =
        world
            .witness()
            .query("SELECT interval_to FROM flow_run WHERE interval_to IS NOT NULL ORDER BY 1")) {
      while (row.next()) {
        found.add(Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS));
      }
    }
    if (!found.equals(scenario.ticks())) {
      throw new Violation("ticks: " + found + ", must be " + scenario.ticks());
    }
  }

  private void requireResults() throws SQLException {
    try (ResultSet row =
        world
            .witness()
            .query(
                "SELECT id, state_name, result, parameters, root IS NULL, generation, error"
                    + " FROM flow_run ORDER BY rowid")) {
      while (row.next()) {
        String run = row.getString(1);
        StateName state = StateName.of(row.getString(2));
        boolean outermost = row.getBoolean(5);
        if (state == StateName.COMPLETED) {
          String kept = kept(run, row.getInt(6));
          if (!kept.equals(row.getString(3))) {
            throw new Violation(
                "results: "
                    + world.history().name(run)
                    + " saw "
                    + row.getString(3)
                    + ", its tasks returned "
                    + kept);
          }
        }
        if (outermost) {
          requireEnd(
              run, state, scenario.plan(SimulatedFlow.plan(row.getString(4))), row.getString(7));
        }
      }
    }
  }

  /// What the tasks of a run have returned, put together.
  private String kept(String run, int generation) throws SQLException {
    StringBuilder results = new StringBuilder();
    try (ResultSet row =
        world
            .witness()
            .query(
                "SELECT result FROM task_run WHERE flow_run = ? AND generation = ? ORDER BY path",
                run,
                generation)) {
      while (row.next()) {
        String result = row.getString(1);
        results.append(result == null ? "" : result);
      }
    }
    return results.toString();
  }

  private void requireEnd(String run, StateName state, Plan plan, String error) {
    boolean as =
        switch (state) {
          case COMPLETED -> !plan.fails();
          case TIMED_OUT -> plan.freezes();
          case FAILED -> plan.fails() || plan.stumbles() && people.retried().contains(run);
          case CANCELLED -> people.cancelled().contains(run);
          case CRASHED -> error.contains("times in a row");
          default -> false;
        };
    if (!as) {
      throw new Violation(
          "wrong end: " + world.history().name(run) + " is " + state + ": " + error);
    }
  }
}
