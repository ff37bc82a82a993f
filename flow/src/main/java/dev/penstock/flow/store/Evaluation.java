package dev.penstock.flow.store;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.flow.state.StateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The transaction in which automations are evaluated: what has happened, what was expected, and
/// what is to be done about it. One process at a time has one.
public final class Evaluation {
  private static final DataType TEXTS =
      new DataType.MapOf(DataType.Scalar.STRING, DataType.Scalar.STRING);

  private final Tx tx;

  Evaluation(Tx tx) {
    this.tx = tx;
  }

  public Instant now() {
    return Tx.instant(tx.now());
  }

  /// Those that are enabled.
  public List<StoredAutomation> automations() {
    return SqlStoredAutomations.enabled(tx);
  }

  /// A state that a flow run has come to.
  ///
  /// @param run as it is now
  public record RunEvent(Event event, StateName state, FlowRun run) {}

  /// Passes over what happened before any automation could be concerned.
  public void skipBefore(Instant time) {
    tx.update("UPDATE event SET evaluated = 1 WHERE evaluated = 0 AND occurred_at < :time")
        .bind("time", Tx.micros(time))
        .execute();
  }

  /// Takes what has happened to flow runs, the oldest first: it will not be seen again.
  ///
  /// @param atMost how many events
  public Taken take(int atMost) {
    // Only what this very statement has seen is marked: an event that a slower transaction commits
    // meanwhile, with a lower id, is for the next time.
    List<Event> events =
        tx
            .query(
                """
                UPDATE event SET evaluated = 1
                WHERE id IN (SELECT id FROM event WHERE evaluated = 0 ORDER BY id LIMIT :most)
                RETURNING *
                """)
            .bind("most", atMost)
            .map(SqlEvents::read)
            .list()
            .stream()
            .sorted(Comparator.comparingLong(Event::id))
            .toList();
    Map<String, Optional<FlowRun>> runs = new HashMap<>();
    List<RunEvent> taken = new ArrayList<>();
    for (Event event : events) {
      if (event.resource().equals(StateChanges.FLOW_RUN)) {
        runs.computeIfAbsent(event.resourceId(), this::run)
            .ifPresent(run -> taken.add(new RunEvent(event, StateChanges.state(event), run)));
      }
    }
    return new Taken(taken, events.size() < atMost);
  }

  /// @param events those whose runs are still there
  /// @param all whether there were no more
  public record Taken(List<RunEvent> events, boolean all) {}

  /// A state that is expected.
  ///
  /// @param subject the id of a flow run; empty for any
  public record Watch(String automation, String subject, Instant deadline) {}

  /// Begins to expect, or expects until another time.
  public void watch(Watch watch) {
    tx.update(
            """
            INSERT INTO automation_watch (automation, subject, deadline)
            VALUES (:automation, :subject, :deadline)
            ON CONFLICT (automation, subject) DO UPDATE SET deadline = excluded.deadline
            """)
        .bind("automation", watch.automation())
        .bind("subject", watch.subject())
        .bind("deadline", Tx.micros(watch.deadline()))
        .execute();
  }

  public Optional<Watch> watch(String automation, String subject) {
    return tx.query(
            "SELECT * FROM automation_watch WHERE automation = :automation AND subject = :subject")
        .bind("automation", automation)
        .bind("subject", subject)
        .map(row -> watch(row))
        .findOne();
  }

  public void unwatch(Watch watch) {
    tx.update("DELETE FROM automation_watch WHERE automation = :automation AND subject = :subject")
        .bind("automation", watch.automation())
        .bind("subject", watch.subject())
        .execute();
  }

  /// What was expected until this time and has not come.
  public List<Watch> overdue(Instant time, int atMost) {
    return tx.query(
            "SELECT * FROM automation_watch WHERE deadline < :time ORDER BY deadline LIMIT :most")
        .bind("time", Tx.micros(time))
        .bind("most", atMost)
        .map(row -> watch(row))
        .list();
  }

  private static Watch watch(ResultSet row) throws SQLException {
    return new Watch(
        row.getString("automation"), row.getString("subject"), Tx.instant(row.getLong("deadline")));
  }

  public Optional<FlowRun> run(String id) {
    return SqlFlowRuns.find(tx, "id = :value", id);
  }

  /// The pipelines that run.
  public List<RunSearch.RunningPipeline> pipelines() {
    return SqlRunSearch.pipelines(tx);
  }

  /// Since when the pipeline of a task run has not moved.
  ///
  /// @param records how many it has read by now
  public Instant stillSince(String taskRun, long records) {
    tx.update(
            """
            INSERT INTO pipeline_progress (task_run, records, since) VALUES (:task, :records, :now)
            ON CONFLICT (task_run) DO UPDATE SET records = excluded.records, since = excluded.since
            WHERE pipeline_progress.records <> excluded.records
            """)
        .bind("task", taskRun)
        .bind("records", records)
        .bind("now", tx.now())
        .execute();
    return Tx.instant(
        tx.query("SELECT since FROM pipeline_progress WHERE task_run = :task")
            .bind("task", taskRun)
            .longs()
            .one());
  }

  /// Why an automation fires.
  ///
  /// @param cause what it does not fire for a second time
  /// @param flowRun the id of the run that is concerned; empty for none
  /// @param facts what templates are filled with
  public record Reason(String cause, String flowRun, Map<String, String> facts) {}

  /// Fires an automation, unless it has for this cause.
  ///
  /// @param actions as JSON
  public void fire(StoredAutomation automation, Reason reason, List<String> actions) {
    String id = Ids.next(clock());
    boolean first =
        tx.update(
                    """
                    INSERT INTO automation_firing (id, automation, cause, flow_run, facts, fired_at)
                    VALUES (:id, :automation, :cause, :run, :facts, :now)
                    ON CONFLICT (automation, cause) DO NOTHING
                    """)
                .bind("id", id)
                .bind("automation", automation.id())
                .bind("cause", reason.cause())
                .bind("run", reason.flowRun().isEmpty() ? null : reason.flowRun())
                .bind("facts", json(reason.facts()))
                .bind("now", tx.now())
                .execute()
            == 1;
    if (first) {
      actions.forEach(action -> deliver(id, action));
    }
  }

  private void deliver(String firing, String action) {
    tx.update(
            """
            INSERT INTO delivery (id, firing, action, state, attempts, due_at, updated_at)
            VALUES (:id, :firing, :action, 'WAITING', 0, :now, :now)
            """)
        .bind("id", Ids.next(clock()))
        .bind("firing", firing)
        .bind("action", action)
        .bind("now", tx.now())
        .execute();
  }

  private InstantSource clock() {
    return InstantSource.fixed(now());
  }

  /// The facts of a firing, as JSON.
  static String json(Map<String, String> facts) {
    return Json.write(facts, TEXTS);
  }

  /// The facts of a firing.
  @SuppressWarnings("unchecked") // the type says so
  static Map<String, String> facts(String json) {
    return (Map<String, String>) Json.parse(json, TEXTS);
  }

  /// For how long a transaction that began before a deadline may take to commit.
  public static final Duration SETTLING = Duration.ofSeconds(2);
}
