package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the task runs of one transaction have moved, written together: of a short task that has
/// begun and ended in it, one row, and for a thousand tasks little more than for one. For one
/// thread.
final class TaskMoves {
  private static final String WRITE =
      """
      INSERT INTO task_run (id, flow_run, generation, path, name, task, tags, child,
        state_type, state_name, state_at, state_message, attempt, due_at, result, error,
        summary, created_at, started_at, ended_at)
      VALUES (:id, :run, :generation, :path, :name, :task, :tags, :child,
        :type, :state, :at, :message, :attempt, :due, :result, :error,
        :summary, :created, :started, :ended)
      ON CONFLICT (flow_run, generation, path) DO UPDATE SET
        state_type = excluded.state_type, state_name = excluded.state_name,
        state_at = excluded.state_at, state_message = excluded.state_message,
        attempt = excluded.attempt, due_at = excluded.due_at,
        child = coalesce(excluded.child, task_run.child),
        result = excluded.result, error = excluded.error,
        summary = coalesce(excluded.summary, task_run.summary),
        started_at = coalesce(task_run.started_at, excluded.started_at),
        ended_at = excluded.ended_at
      """;

  private final Map<Call, Moved> moved = new LinkedHashMap<>();

  /// Which call of a flow run it is.
  private record Call(String flowRun, int generation, String path) {}

  /// @param created when it came to its first state in this transaction
  /// @param started when it began to run; null when it did not
  private record Moved(TaskMove move, long created, @Nullable Long started, long at) {

    /// Both moves as one.
    Moved then(Moved later) {
      TaskMove last = later.move;
      TaskRun.Key key = last.key();
      String child = key.child() == null ? move.key().child() : key.child();
      return new Moved(
          new TaskMove(
              move.id(),
              new TaskRun.Key(
                  key.flowRun(), key.generation(), key.path(), key.name(), key.task(), child),
              last.tags(),
              last.attempt(),
              last.state(),
              last.message(),
              last.due(),
              last.result(),
              last.error(),
              last.summary() == null ? move.summary() : last.summary()),
          created,
          started == null ? later.started : started,
          later.at);
    }
  }

  void add(TaskMove move, long now) {
    boolean running = move.state() == StateName.RUNNING || move.state() == StateName.RETRYING;
    TaskRun.Key key = move.key();
    moved.merge(
        new Call(key.flowRun(), key.generation(), key.path()),
        new Moved(move, now, running ? now : null, now),
        Moved::then);
  }

  /// Whether a statement is to see them.
  boolean seenBy(String sql) {
    return !moved.isEmpty()
        && (sql.contains("FROM task_run")
            || sql.contains("UPDATE task_run")
            || sql.contains("INTO pipeline_progress"));
  }

  void write(SqlConnection connection) {
    if (moved.isEmpty()) {
      return;
    }
    Batch batch = connection.batch(WRITE);
    moved.values().forEach(each -> bind(batch, each).add());
    batch.execute();
    moved.clear();
  }

  private static Batch bind(Batch batch, Moved each) {
    TaskMove move = each.move();
    TaskRun.Key key = move.key();
    return batch
        .bind("id", move.id())
        .bind("run", key.flowRun())
        .bind("generation", key.generation())
        .bind("path", key.path())
        .bind("name", key.name())
        .bind("task", key.task())
        .bind("tags", Tags.write(move.tags()))
        .bind("child", key.child())
        .bind("type", move.state().type().name())
        .bind("state", move.state().title())
        .bind("at", each.at())
        .bind("message", move.message())
        .bind("attempt", move.attempt())
        .bind("due", move.due() == null ? null : Tx.micros(move.due()))
        .bind("result", move.result())
        .bind("error", move.error())
        .bind("summary", move.summary())
        .bind("created", each.created())
        .bind("started", each.started())
        .bind("ended", move.state().type().isFinal() ? (Long) each.at() : null);
  }
}
