package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The SQL of [Deliveries].
final class SqlDeliveries implements Deliveries {
  private static final String SELECT =
      """
      SELECT d.*, f.flow_run, f.facts, f.cause, f.fired_at, a.name AS automation_name FROM delivery d
      JOIN automation_firing f ON f.id = d.firing JOIN automation a ON a.id = f.automation
      """;

  /// How the cause of a firing begins that was none.
  private static final String TEST = "test/";

  private final Database database;

  SqlDeliveries(Database database) {
    this.database = database;
  }

  @Override
  public List<Delivery> take(int atMost, Duration lease) {
    return database.write(tx -> {
      List<String> due =
          tx.query(
                  """
                  SELECT id FROM delivery WHERE state = 'WAITING' AND due_at <= :now
                  ORDER BY due_at LIMIT :most
                  """
                      + tx.dialect().skipLocked())
              .bind("now", tx.now())
              .bind("most", atMost)
              .texts()
              .list();
      List<Delivery> taken = new ArrayList<>();
      for (String id : due) {
        tx.update("UPDATE delivery SET attempts = attempts + 1, due_at = :until WHERE id = :id")
            .bind("until", tx.in(lease))
            .bind("id", id)
            .execute();
        taken.add(
            tx.query(SELECT + " WHERE d.id = :id").bind("id", id).map(SqlDeliveries::read).one());
      }
      return taken;
    });
  }

  @Override
  public void record(Delivery attempt, Outcome outcome) {
    database.write(tx ->
        tx.update(
                """
                UPDATE delivery SET state = :state, response_code = :code, error = :error,
                  due_at = coalesce(:due, due_at), updated_at = :now
                WHERE id = :id AND attempts = :attempts AND state = 'WAITING'
                """)
            .bind("state", outcome.progress().name())
            .bind("code", outcome.responseCode())
            .bind("error", outcome.error())
            .bind("due", outcome.again() == null ? null : tx.in(outcome.again()))
            .bind("now", tx.now())
            .bind("id", attempt.id())
            .bind("attempts", attempt.attempts())
            .execute());
  }

  @Override
  public void recordTest(
      String automation, String action, Map<String, String> facts, Outcome outcome) {
    String id = Ids.next(InstantSource.system());
    database.write(tx -> {
      int fired =
          tx.update(
                  """
                  INSERT INTO automation_firing (id, automation, cause, flow_run, facts, fired_at)
                  SELECT :id, id, :cause, NULL, :facts, :now FROM automation WHERE name = :name
                  """)
              .bind("id", id)
              .bind("cause", TEST + id)
              .bind("facts", Evaluation.json(facts))
              .bind("now", tx.now())
              .bind("name", automation)
              .execute();
      return fired == 0
          ? 0
          : tx.update(
                  """
                  INSERT INTO delivery (id, firing, action, state, attempts, due_at, response_code,
                    error, updated_at)
                  VALUES (:id, :id, :action, :state, 1, :now, :code, :error, :now)
                  """)
              .bind("id", id)
              .bind("action", action)
              .bind("state", outcome.progress().name())
              .bind("code", outcome.responseCode())
              .bind("error", outcome.error())
              .bind("now", tx.now())
              .execute();
    });
  }

  @Override
  public List<Delivery> of(String automation, int atMost) {
    return database.read(tx ->
        tx.query(SELECT + " WHERE a.name = :name ORDER BY f.fired_at DESC, d.id LIMIT :most")
            .bind("name", automation)
            .bind("most", atMost)
            .map(SqlDeliveries::read)
            .list());
  }

  private static Delivery read(ResultSet row) throws SQLException {
    int code = row.getInt("response_code");
    Integer responseCode = row.wasNull() ? null : code;
    return new Delivery(
        row.getString("id"),
        row.getString("automation_name"),
        row.getString("cause").startsWith(TEST),
        row.getString("flow_run"),
        row.getString("action"),
        Evaluation.facts(row.getString("facts")),
        Tx.instant(row.getLong("fired_at")),
        Delivery.Progress.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Tx.instant(row.getLong("due_at")),
        responseCode,
        row.getString("error"));
  }
}
