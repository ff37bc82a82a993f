package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [Limits].
final class SqlLimits implements Limits {
  private final Database database;

  SqlLimits(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(Limit limit) {
    check(limit);
    return database.write(tx -> LimitRows.insert(tx, limit));
  }

  @Override
  public boolean update(Limit limit) {
    check(limit);
    return database.write(tx -> LimitRows.update(tx, limit));
  }

  @Override
  public boolean replace(Limit seen, Limit limit) {
    check(limit);
    return database.write(tx -> LimitRows.isStill(tx, seen) && LimitRows.update(tx, limit));
  }

  @Override
  public void set(Limit limit) {
    database.write(tx -> {
      set(tx, limit);
      return null;
    });
  }

  private static void check(Limit limit) {
    IndexedText.check("the name of a limit", limit.key().name());
    if (limit.slots() > Limit.MOST_SLOTS) {
      throw new IllegalArgumentException(
          "the limit "
              + limit.key()
              + " must be at most "
              + Limit.MOST_SLOTS
              + ", was "
              + limit.slots());
    }
  }

  private static void set(Tx tx, Limit limit) {
    check(limit);
    if (!LimitRows.update(tx, limit)) {
      LimitRows.insert(tx, limit);
    }
  }

  /// Makes, changes or ends a limit, as the settings of what it is for say.
  ///
  /// @param slots null for no limit
  static void set(
      Tx tx,
      LimitKey key,
      String title,
      @Nullable Integer slots,
      Limit.Collision collision,
      Duration grace) {
    if (slots == null) {
      delete(tx, key);
    } else {
      set(tx, new Limit(key, title, slots, Duration.ZERO, collision, grace));
    }
  }

  /// The same as the settings of a pool or a queue say: others wait.
  ///
  /// @param slots null for no limit
  static void set(Tx tx, LimitKey key, String title, @Nullable Integer slots) {
    set(tx, key, title, slots, Limit.Collision.ENQUEUE, Duration.ZERO);
  }

  @Override
  public boolean delete(LimitKey key) {
    return database.write(tx -> delete(tx, key));
  }

  static boolean delete(Tx tx, LimitKey key) {
    tx.wake(Slots.topic(key.toString()));
    return tx.update("DELETE FROM concurrency_limit WHERE key = :key")
            .bind("key", key.toString())
            .execute()
        == 1;
  }

  @Override
  public List<LimitUse> list() {
    return database.read(tx ->
        tx
            .query("SELECT * FROM concurrency_limit ORDER BY key")
            .map(LimitRows::read)
            .list()
            .stream()
            .map(limit -> use(tx, limit))
            .toList());
  }

  @Override
  public Optional<LimitUse> find(LimitKey key) {
    return database.read(
        tx -> LimitRows.find(tx, List.of(key)).stream().findFirst().map(limit -> use(tx, limit)));
  }

  @Override
  public List<LimitUse.Waiter> line(LimitKey key, int most) {
    return database.read(tx ->
        tx.query(
                """
                SELECT holder, flow_run, since, slots FROM concurrency_wait WHERE key = :key
                ORDER BY since, holder LIMIT :most
                """)
            .bind("key", key.toString())
            .bind("most", most)
            .map(row ->
                new LimitUse.Waiter(
                    row.getString("holder"),
                    row.getString("flow_run"),
                    Tx.instant(row.getLong("since")),
                    row.getInt("slots")))
            .list());
  }

  private static LimitUse use(Tx tx, Limit limit) {
    List<LimitUse.Taken> taken = Slots.taken(tx, limit.key());
    int waiting =
        tx.query("SELECT count(*) FROM concurrency_wait WHERE key = :key")
            .bind("key", limit.key().toString())
            .integers()
            .one();
    int decaying = limit.slots() - taken.size() - Slots.free(tx, limit);
    return new LimitUse(limit, taken, Math.max(0, decaying), waiting);
  }

  @Override
  public Optional<String> acquire(
      Lease lease, String taskRun, String label, List<SlotDemand> limits) {
    return database.write(tx -> {
      tx.require(lease);
      return SlotLine.ask(tx, new Slots.Holder(taskRun, lease.run(), label), limits);
    });
  }

  @Override
  public void release(Lease lease, String taskRun) {
    database.write(tx -> {
      tx.require(lease);
      Slots.release(tx, taskRun);
      return null;
    });
  }

  @Override
  public int free(LimitKey key, @Nullable String holder) {
    return database.write(tx -> Slots.free(tx, key.toString(), holder));
  }
}
