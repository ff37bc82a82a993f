package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            .map((row, _) -> read(row))
            .list());
  }

  /// Which lines are wanted. What is empty or null does not matter.
  ///
  /// @param levels any of these
  /// @param text part of the text or of the logger, in any case
  /// @param taskRun the id of the task run they belong to
  public record Wanted(List<String> levels, @Nullable String text, @Nullable String taskRun) {
    /// All lines.
    public static final Wanted ALL = new Wanted(List.of(), null, null);

    public Wanted {
      levels = List.copyOf(levels);
    }

    /// Whether a line is among them.
    public boolean matches(Line line) {
      String part = text == null ? "" : text.toLowerCase(Locale.ROOT);
      return (levels.isEmpty() || levels.contains(line.level()))
          && (taskRun == null || taskRun.equals(line.taskRun()))
          && (line.text().toLowerCase(Locale.ROOT).contains(part)
              || line.logger().toLowerCase(Locale.ROOT).contains(part));
    }
  }

  /// Lines of a flow run after the one of this id, oldest first.
  public List<Line> after(String flowRun, Wanted wanted, long after, int atMost) {
    return select(flowRun, wanted, "id > :at ORDER BY id", after, atMost);
  }

  /// The newest lines of a flow run before the one of this id, oldest first.
  public List<Line> before(String flowRun, Wanted wanted, long before, int atMost) {
    return select(flowRun, wanted, "id < :at ORDER BY id DESC", before, atMost).reversed();
  }

  private List<Line> select(String flowRun, Wanted wanted, String where, long at, int atMost) {
    StringBuilder sql = new StringBuilder("SELECT * FROM log WHERE flow_run = :run AND ");
    Map<String, Object> values = new LinkedHashMap<>();
    if (!wanted.levels().isEmpty()) {
      List<String> names = new ArrayList<>();
      for (String level : wanted.levels()) {
        names.add(":level" + names.size());
        values.put("level" + values.size(), level);
      }
      sql.append("level IN (").append(String.join(", ", names)).append(") AND ");
    }
    if (wanted.text() != null) {
      sql.append("(lower(text) LIKE :text ESCAPE '!' OR lower(logger) LIKE :text ESCAPE '!') AND ");
      values.put("text", Sql.containing(wanted.text().toLowerCase(Locale.ROOT)));
    }
    if (wanted.taskRun() != null) {
      sql.append("task_run = :task AND ");
      values.put("task", wanted.taskRun());
    }
    sql.append(where).append(" LIMIT :most");
    return database.read(tx ->
        tx.query(sql.toString())
            .bind("run", flowRun)
            .bind("at", at)
            .bind("most", atMost)
            .bindMap(values)
            .map((row, _) -> read(row))
            .list());
  }

  /// How many lines a flow run has; `atMost` stands for that many and more.
  public int count(String flowRun, int atMost) {
    return database.read(tx ->
        tx.query(
                "SELECT count(*) FROM"
                    + " (SELECT 1 FROM log WHERE flow_run = :run LIMIT :most) counted")
            .bind("run", flowRun)
            .bind("most", atMost)
            .mapTo(Integer.class)
            .one());
  }

  private static Line read(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getString("flow_run"),
        row.getString("task_run"),
        Tx.instant(row.getLong("at")),
        row.getString("level"),
        row.getString("logger"),
        row.getString("text"));
  }
}
