package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What automations have to do and have done. An attempt belongs to one process for the time of a
/// lease; if that dies, another makes the next attempt.
public final class Deliveries {
  private static final String SELECT =
      """
      SELECT d.*, f.flow_run, f.facts, a.name AS automation_name FROM delivery d
      JOIN automation_firing f ON f.id = d.firing JOIN automation a ON a.id = f.automation
      """;

  private final Database database;

  Deliveries(Database database) {
    this.database = database;
  }

  /// Begins an attempt at each of those whose time has come.
  ///
  /// @param lease after which another process may make the next attempt
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
              .mapTo(String.class)
              .list();
      List<Delivery> taken = new ArrayList<>();
      for (String id : due) {
        tx.update("UPDATE delivery SET attempts = attempts + 1, due_at = :until WHERE id = :id")
            .bind("until", tx.in(lease))
            .bind("id", id)
            .execute();
        taken.add(
            tx.query(SELECT + " WHERE d.id = :id").bind("id", id).map((row, _) -> read(row)).one());
      }
      return taken;
    });
  }

  /// How an attempt has ended.
  ///
  /// @param again after how long the next attempt is due; null for none
  public record Outcome(
      Delivery.Progress progress,
      @Nullable Integer responseCode,
      @Nullable String error,
      @Nullable Duration again) {}

  /// Records how an attempt has ended, unless another has been begun since.
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

  /// The deliveries of an automation, the newest first.
  public List<Delivery> of(String automation, int atMost) {
    return database.read(tx ->
        tx.query(SELECT + " WHERE a.name = :name ORDER BY f.fired_at DESC, d.id LIMIT :most")
            .bind("name", automation)
            .bind("most", atMost)
            .map((row, _) -> read(row))
            .list());
  }

  private static Delivery read(ResultSet row) throws SQLException {
    int code = row.getInt("response_code");
    Integer responseCode = row.wasNull() ? null : code;
    return new Delivery(
        row.getString("id"),
        row.getString("automation_name"),
        row.getString("flow_run"),
        row.getString("action"),
        Evaluation.facts(row.getString("facts")),
        Delivery.Progress.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Tx.instant(row.getLong("due_at")),
        responseCode,
        row.getString("error"));
  }
}
