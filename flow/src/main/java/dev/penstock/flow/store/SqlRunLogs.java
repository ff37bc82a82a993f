package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The SQL of [RunLogs].
final class SqlRunLogs implements RunLogs {
  private final Database database;

  SqlRunLogs(Database database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Void> appendSoon(List<Line> lines) {
    return database.submit(tx -> {
      tx.logged(lines);
      return null;
    });
  }

  /// Leaves out those of runs that are deleted.
  static void write(SqlConnection connection, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    Batch batch =
        connection.batch(
            """
            INSERT INTO log (flow_run, task_run, at, level, logger, text)
            SELECT :run, :task, :at, :level, :logger, :text
            WHERE EXISTS (SELECT 1 FROM flow_run WHERE id = :run)
            """);
    for (Line line : lines) {
      batch
          .bind("run", line.flowRun())
          .bind("task", line.taskRun())
          .bind("at", Tx.micros(line.at()))
          .bind("level", line.level())
          .bind("logger", line.logger())
          .bind("text", line.text())
          .add();
    }
    batch.execute();
  }

  @Override
  public List<Line> of(String flowRun, long after, int atMost) {
    return database.read(tx ->
        tx.query("SELECT * FROM log WHERE flow_run = :run AND id > :after ORDER BY id LIMIT :most")
            .bind("run", flowRun)
            .bind("after", after)
            .bind("most", atMost)
            .map(SqlRunLogs::read)
            .list());
  }

  @Override
  public List<Line> after(String flowRun, Wanted wanted, long after, int atMost) {
    return select(flowRun, wanted, "id > :at ORDER BY id", after, atMost);
  }

  @Override
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
      values.put("text", LikePattern.containing(wanted.text().toLowerCase(Locale.ROOT)));
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
            .bindAll(values)
            .map(SqlRunLogs::read)
            .list());
  }

  @Override
  public int count(String flowRun, int atMost) {
    return database.read(tx ->
        tx.query(
                "SELECT count(*) FROM"
                    + " (SELECT 1 FROM log WHERE flow_run = :run LIMIT :most) counted")
            .bind("run", flowRun)
            .bind("most", atMost)
            .integers()
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
