package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The SQL of [Events].
final class SqlEvents implements Events {
  private final Database database;

  SqlEvents(Database database) {
    this.database = database;
  }

  @Override
  public List<Event> after(long id, int atMost) {
    return select("id > :value", id, atMost);
  }

  @Override
  public List<Event> of(String resourceId, int atMost) {
    return select("resource_id = :value", resourceId, atMost);
  }

  @Override
  public List<Event> before(Wanted wanted, long before, int atMost) {
    // Only what is asked for is a condition: a plan that does for any of them reads every event.
    boolean named = !wanted.name().isEmpty();
    boolean ofOne = !wanted.resourceId().isEmpty();
    return database.read(tx -> {
      Query query =
          tx.query(
                  "SELECT * FROM event WHERE id < :before"
                      + (named ? " AND lower(name) LIKE :part ESCAPE '!'" : "")
                      + (ofOne ? " AND resource_id = :resource" : "")
                      + " ORDER BY id DESC LIMIT :most")
              .bind("before", before)
              .bind("most", atMost);
      if (named) {
        query.bind("part", LikePattern.containing(wanted.name().toLowerCase(Locale.ROOT)));
      }
      if (ofOne) {
        query.bind("resource", wanted.resourceId());
      }
      return query.map(SqlEvents::read).list();
    });
  }

  private List<Event> select(String condition, Object value, int atMost) {
    return database.read(tx ->
        tx.query("SELECT * FROM event WHERE " + condition + " ORDER BY id LIMIT :most")
            .bind("value", value)
            .bind("most", atMost)
            .map(SqlEvents::read)
            .list());
  }

  @Override
  public int forget(Duration age, int atMost) {
    return database.write(tx ->
        forget(tx, "event", "occurred_at", age, atMost)
            + forget(tx, "automation_firing", "fired_at", age, atMost));
  }

  private static int forget(Tx tx, String table, String time, Duration age, int atMost) {
    return tx.update(
            "DELETE FROM %1$s WHERE id IN (SELECT id FROM %1$s WHERE %2$s < :before ORDER BY %2$s LIMIT :most)"
                .formatted(table, time))
        .bind("before", tx.in(age.negated()))
        .bind("most", atMost)
        .execute();
  }

  static Event read(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("id"),
        Tx.instant(row.getLong("occurred_at")),
        row.getString("name"),
        row.getString("resource"),
        row.getString("resource_id"),
        row.getString("payload"));
  }
}
