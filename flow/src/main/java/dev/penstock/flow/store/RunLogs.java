package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs have logged.
public final class RunLogs {
  private final Database database;

  RunLogs(Database database) {
    this.database = database;
  }

  /// One line, or several where a text has them.
  ///
  /// @param id grows from line to line; 0 for one that is not stored yet
  /// @param level `DEBUG`, `INFO`, `WARNING` or `ERROR`
  /// @param taskRun the id of the task run it belongs to; null for the flow run itself
  public record Line(
      long id,
      String flowRun,
      @Nullable String taskRun,
      Instant at,
      String level,
      String logger,
      String text) {}

  /// Writes lines, soon.
  public void append(List<Line> lines) {
    var unused =
        database.submit(tx -> {
          lines.forEach(line -> insert(tx, line));
          return null;
        });
  }

  private static void insert(Tx tx, Line line) {
    tx.update(
            """
            INSERT INTO log (flow_run, task_run, at, level, logger, text)
            SELECT :run, :task, :at, :level, :logger, :text
            WHERE EXISTS (SELECT 1 FROM flow_run WHERE id = :run)
            """)
        .bind("run", line.flowRun())
        .bind("task", line.taskRun())
        .bind("at", Tx.micros(line.at()))
        .bind("level", line.level())
        .bind("logger", line.logger())
        .bind("text", line.text())
        .execute();
  }

  /// Lines of a flow run after the one of this id, oldest first.
  public List<Line> of(String flowRun, long after, int atMost) {
    return database.read(tx ->
        tx.query("SELECT * FROM log WHERE flow_run = :run AND id > :after ORDER BY id LIMIT :most")
            .bind("run", flowRun)
            .bind("after", after)
            .bind("most", atMost)
            .map((row, _) ->
                new Line(
                    row.getLong("id"),
                    row.getString("flow_run"),
                    row.getString("task_run"),
                    Tx.instant(row.getLong("at")),
                    row.getString("level"),
                    row.getString("logger"),
                    row.getString("text")))
            .list());
  }
}
