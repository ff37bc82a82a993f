package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states that runs came to in one transaction, as their histories and as events, written
/// together: one statement for a thousand runs costs little more than for one. For one thread.
final class Histories {
  private final Map<Of, List<Entry>> entries = new EnumMap<>(Of.class);

  /// Whose history it is.
  enum Of {
    FLOW_RUN(
        "INSERT INTO flow_run_state (flow_run, name, at, message) VALUES (:id, :name, :at, :message)"),
    /// A call of a flow run: whatever id its task run was given when it was made.
    CALL(
        """
        INSERT INTO task_run_state (task_run, name, at, message) VALUES ((SELECT id FROM task_run
          WHERE flow_run = :id AND generation = :generation AND path = :path), :name, :at, :message)
        """),
    TASK_RUN(
        "INSERT INTO task_run_state (task_run, name, at, message) VALUES (:id, :name, :at, :message)");

    private final String insert;

    Of(String insert) {
      this.insert = insert;
    }
  }

  /// @param call of the run of this id; null for the run itself
  private record Entry(
      String id, TaskRun.@Nullable Key call, StateName state, long at, String message) {}

  void add(Of of, String id, StateName state, long at, String message) {
    add(of, new Entry(id, null, state, at, message));
  }

  void add(TaskRun.Key call, StateName state, long at, String message) {
    add(Of.CALL, new Entry(call.flowRun(), call, state, at, message));
  }

  private void add(Of of, Entry entry) {
    entries.computeIfAbsent(of, _ -> new ArrayList<>()).add(entry);
  }

  /// A row of either history.
  static State read(ResultSet row) throws SQLException {
    return new State(
        StateName.of(row.getString("name")),
        Tx.instant(row.getLong("at")),
        row.getString("message"));
  }

  void write(SqlConnection connection) {
    entries.forEach((of, list) -> write(connection, of, list));
    List<Entry> changes = entries.get(Of.FLOW_RUN);
    if (changes != null) {
      writeEvents(connection, changes);
    }
    entries.clear();
  }

  private static void writeEvents(SqlConnection connection, List<Entry> changes) {
    Batch batch =
        connection.batch(
            "INSERT INTO event (occurred_at, name, resource, resource_id, payload, evaluated)"
                + " VALUES (:at, :event, :resource, :run, :payload, 0)");
    for (Entry change : changes) {
      batch
          .bind("at", change.at())
          .bind("event", StateChanges.event(change.state()))
          .bind("resource", StateChanges.FLOW_RUN)
          .bind("run", change.id())
          .bind("payload", StateChanges.payload(change.message()))
          .add();
    }
    batch.execute();
  }

  private static void write(SqlConnection connection, Of of, List<Entry> list) {
    Batch batch = connection.batch(of.insert);
    for (Entry entry : list) {
      TaskRun.Key call = entry.call();
      if (call != null) {
        batch.bind("generation", call.generation()).bind("path", call.path());
      }
      batch
          .bind("id", entry.id())
          .bind("name", entry.state().title())
          .bind("at", entry.at())
          .bind("message", entry.message())
          .add();
    }
    batch.execute();
  }
}
