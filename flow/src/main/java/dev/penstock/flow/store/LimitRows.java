package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Limits as the store holds them.
final class LimitRows {
  private LimitRows() {}

  /// Those of these that there are, in the order of their keys.
  static List<Limit> find(Tx tx, List<LimitKey> keys) {
    List<String> names = keys.stream().map(LimitKey::toString).distinct().toList();
    if (names.isEmpty()) {
      return List.of();
    }
    return tx.query(
            "SELECT * FROM concurrency_limit WHERE"
                + Claims.among(" key", "k", names)
                + " ORDER BY key")
        .bindEach("k", names)
        .map(LimitRows::read)
        .list();
  }

  /// Whether it is as somebody has seen it, until this transaction ends.
  static boolean isStill(Tx tx, Limit seen) {
    return tx.query("SELECT * FROM concurrency_limit WHERE key = :key " + tx.dialect().forUpdate())
        .bind("key", seen.key().toString())
        .map(LimitRows::read)
        .findOne()
        .filter(seen::equals)
        .isPresent();
  }

  static Limit read(ResultSet row) throws SQLException {
    return new Limit(
        new LimitKey(LimitKey.Kind.valueOf(row.getString("kind")), row.getString("name")),
        row.getString("title"),
        row.getInt("slots"),
        Duration.of(row.getLong("decay"), ChronoUnit.MICROS),
        Limit.Collision.valueOf(row.getString("collision")),
        Duration.of(row.getLong("grace"), ChronoUnit.MICROS));
  }

  /// @return whether it is new
  static boolean insert(Tx tx, Limit limit) {
    boolean made =
        tx.update(
                    """
                    INSERT INTO concurrency_limit (key, kind, name, title, slots, decay, collision,
                      grace, created_at)
                    VALUES (:key, :kind, :name, :title, :slots, :decay, :collision, :grace, :now)
                    ON CONFLICT (key) DO NOTHING
                    """)
                .bind("key", limit.key().toString())
                .bind("kind", limit.key().kind().name())
                .bind("name", limit.key().name())
                .bind("title", limit.title())
                .bind("slots", limit.slots())
                .bind("decay", Tx.micros(limit.decay()))
                .bind("collision", limit.collision().name())
                .bind("grace", Tx.micros(limit.grace()))
                .bind("now", tx.now())
                .execute()
            == 1;
    if (made) {
      addSlots(tx, limit);
    }
    return made;
  }

  /// @return whether it is there
  static boolean update(Tx tx, Limit limit) {
    boolean there =
        tx.update(
                    """
                    UPDATE concurrency_limit SET title = :title, slots = :slots, decay = :decay,
                      collision = :collision, grace = :grace
                    WHERE key = :key
                    """)
                .bind("title", limit.title())
                .bind("slots", limit.slots())
                .bind("decay", Tx.micros(limit.decay()))
                .bind("collision", limit.collision().name())
                .bind("grace", Tx.micros(limit.grace()))
                .bind("key", limit.key().toString())
                .execute()
            == 1;
    if (there) {
      addSlots(tx, limit);
    }
    return there;
  }

  /// Rows for slots that are not there yet. Those beyond the limit are left until nobody holds
  /// them; nobody takes them any more.
  private static void addSlots(Tx tx, Limit limit) {
    Batch batch =
        tx.batch(
            """
            INSERT INTO concurrency_slot (key, number, free_at) VALUES (:key, :number, 0)
            ON CONFLICT (key, number) DO NOTHING
            """);
    for (int number = 1; number <= limit.slots(); number++) {
      batch.bind("key", limit.key().toString()).bind("number", number).add();
    }
    batch.execute();
    tx.wake(Slots.topic(limit.key().toString()));
  }
}
