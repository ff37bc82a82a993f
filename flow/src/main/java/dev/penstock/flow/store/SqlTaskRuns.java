package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The SQL of [TaskRuns].
final class SqlTaskRuns implements TaskRuns {
  private final Database database;

  SqlTaskRuns(Database database) {
    this.database = database;
  }

  @Override
  public void move(Lease lease, TaskMove move) {
    database.write(tx -> {
      apply(tx, lease, move);
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> moveSoon(Lease lease, TaskMove move) {
    return database.submit(tx -> {
      apply(tx, lease, move);
      return null;
    });
  }

  private static void apply(Tx tx, Lease lease, TaskMove move) {
    int crashes = tx.require(lease);
    boolean running = move.state() == StateName.RUNNING || move.state() == StateName.RETRYING;
    tx.moved(move);
    if (!running && move.state() != StateName.AWAITING_CONCURRENCY_SLOT && !move.tags().isEmpty()) {
      Slots.release(tx, move.id());
    }
    if (move.state().type().isFinal() && crashes > 0) {
      progressed(tx, move.key().flowRun());
    }
  }

  /// The outermost run has not been lost in vain.
  private static void progressed(Tx tx, String flowRun) {
    tx.update(
            """
            UPDATE flow_run SET crashes = 0
            WHERE id = (SELECT coalesce(root, id) FROM flow_run WHERE id = :run)
            """)
        .bind("run", flowRun)
        .execute();
    tx.leasesChanged();
  }

  @Override
  public CompletableFuture<Void> figuresSoon(Lease lease, String taskRun, String summary) {
    return database.submit(tx -> {
      tx.require(lease);
      return tx.update("UPDATE task_run SET summary = :summary WHERE id = :id")
          .bind("summary", summary)
          .bind("id", taskRun)
          .execute();
    });
  }

  @Override
  public Optional<TaskRun> call(String flowRun, int generation, String path) {
    return of(flowRun, generation, path, 1).stream()
        .filter(found -> found.key().path().equals(path))
        .findFirst();
  }

  @Override
  public void forget(Lease lease, TaskRun.Key key) {
    database.write(tx -> {
      tx.require(lease);
      return tx.update(
              """
              DELETE FROM task_run WHERE flow_run = :run AND generation = :generation
                AND (path = :path OR path LIKE :inside)
              """)
          .bind("run", key.flowRun())
          .bind("generation", key.generation())
          .bind("path", key.path())
          .bind("inside", key.path() + "/%")
          .execute();
    });
  }

  @Override
  public List<TaskRun> of(String flowRun, int generation, String path, int atMost) {
    return database.read(tx ->
        tx.query(
                """
                SELECT * FROM task_run
                WHERE flow_run = :run AND generation = :generation AND path >= :path
                ORDER BY path LIMIT :most
                """)
            .bind("run", flowRun)
            .bind("generation", generation)
            .bind("path", path)
            .bind("most", atMost)
            .map(SqlTaskRuns::read)
            .list());
  }

  @Override
  public Optional<TaskRun> find(String id) {
    return database.read(tx ->
        tx.query("SELECT * FROM task_run WHERE id = :id")
            .bind("id", id)
            .map(SqlTaskRuns::read)
            .findOne());
  }

  @Override
  public List<State> history(String taskRun) {
    return database.read(tx ->
        tx.query("SELECT name, at, message FROM task_run_state WHERE task_run = :task ORDER BY id")
            .bind("task", taskRun)
            .map(Histories::read)
            .list());
  }

  @Override
  public Map<String, List<State>> histories(String flowRun, int generation, int atMost) {
    return database.read(tx -> {
      Map<String, List<State>> histories = new LinkedHashMap<>();
      tx.query(
              """
              SELECT s.task_run, s.name, s.at, s.message FROM task_run t
              JOIN task_run_state s ON s.task_run = t.id
              WHERE t.flow_run = :run AND t.generation = :generation
              ORDER BY s.id LIMIT :most
              """)
          .bind("run", flowRun)
          .bind("generation", generation)
          .bind("most", atMost)
          .map(row -> Map.entry(row.getString("task_run"), Histories.read(row)))
          .forEach(entry ->
              histories
                  .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                  .add(entry.getValue()));
      return histories;
    });
  }

  @Override
  public boolean answer(String taskRun, String result) {
    return database.write(tx -> {
      boolean waiting =
          tx.update(
                      """
                      UPDATE task_run SET state_type = 'COMPLETED', state_name = 'Completed',
                        state_at = :now, state_message = '', result = :result, ended_at = :now
                      WHERE id = :id AND state_type = 'PAUSED'
                      """)
                  .bind("now", tx.now())
                  .bind("result", result)
                  .bind("id", taskRun)
                  .execute()
              == 1;
      if (waiting) {
        tx.entered(Histories.Of.TASK_RUN, taskRun, StateName.COMPLETED, "");
      }
      return waiting;
    });
  }

  static TaskRun read(ResultSet row) throws SQLException {
    return new TaskRun(
        row.getString("id"),
        new TaskRun.Key(
            row.getString("flow_run"),
            row.getInt("generation"),
            row.getString("path"),
            row.getString("name"),
            row.getString("task"),
            row.getString("child")),
        Tags.read(row.getString("tags")),
        FlowRunRow.state(row),
        row.getInt("attempt"),
        FlowRunRow.instant(row, "due_at"),
        row.getString("result"),
        row.getString("error"),
        row.getString("summary"),
        FlowRunRow.times(row));
  }
}
