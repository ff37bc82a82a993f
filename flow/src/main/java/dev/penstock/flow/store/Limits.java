package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How many may do something at once: as rows, one for each slot, which whoever has it holds under
/// the lease of its flow run. Flow runs take the slots of their deployment, pool and queue when
/// they are claimed, all or none; tasks ask by tag when they begin.
public final class Limits {
  private final Database database;

  Limits(Database database) {
    this.database = database;
  }

  /// Makes a limit.
  ///
  /// @return false when there is one with this key, which is left as it is
  public boolean create(Limit limit) {
    return database.write(tx -> LimitRows.insert(tx, limit));
  }

  /// Changes a limit. Whoever holds a slot keeps it, also when there are too many then.
  ///
  /// @return false when there is none with this key
  public boolean update(Limit limit) {
    return database.write(tx -> LimitRows.update(tx, limit));
  }

  /// Makes a limit, or changes it.
  public void set(Limit limit) {
    database.write(tx -> {
      set(tx, limit);
      return null;
    });
  }

  static void set(Tx tx, Limit limit) {
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

  /// Ends a limit: whoever waits for it goes on.
  ///
  /// @return whether there was one
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

  /// All limits by key, and who has their slots.
  public List<LimitUse> list() {
    return database.read(tx ->
        tx
            .query("SELECT * FROM concurrency_limit ORDER BY key")
            .map((row, _) -> LimitRows.read(row))
            .list()
            .stream()
            .map(limit -> use(tx, limit))
            .toList());
  }

  public Optional<LimitUse> find(LimitKey key) {
    return database.read(
        tx -> LimitRows.find(tx, List.of(key)).stream().findFirst().map(limit -> use(tx, limit)));
  }

  private static LimitUse use(Tx tx, Limit limit) {
    List<LimitUse.Taken> taken = Slots.taken(tx, limit.key());
    int waiting =
        tx.query("SELECT count(*) FROM concurrency_wait WHERE key = :key")
            .bind("key", limit.key().toString())
            .mapTo(Integer.class)
            .one();
    int decaying = limit.slots() - taken.size() - Slots.free(tx, limit);
    return new LimitUse(limit, taken, Math.max(0, decaying), waiting);
  }

  /// Takes slots of each of these limits that there is, for a task run, or none of them and a place
  /// in line. To be asked again from time to time, and when [#listen] says so. They are given back
  /// when the task run moves to a state in which it does not run, by [#release], and when the lease
  /// ends.
  ///
  /// @param label the task run, for people: `task run 'extract-0'`
  /// @return why it has to wait; empty when it has them
  /// @throws Fenced when another has taken the flow run since
  public Optional<String> acquire(
      Lease lease, String taskRun, String label, List<SlotDemand> limits) {
    return database.write(tx -> {
      tx.require(lease);
      return SlotLine.ask(tx, new Slots.Holder(taskRun, lease.run(), label), limits);
    });
  }

  /// Gives back what a task run holds, and its place in line.
  public void release(Lease lease, String taskRun) {
    database.write(tx -> {
      tx.require(lease);
      Slots.release(tx, taskRun);
      return null;
    });
  }

  /// Frees slots by hand, also those that were given back and stay taken for a while. Whoever held
  /// one goes on without it, so that more than the limit may be at work then.
  ///
  /// @param holder whose slots only: a flow run or task run; null for all
  /// @return how many
  public int free(LimitKey key, @Nullable String holder) {
    return database.write(tx -> Slots.free(tx, key.toString(), holder));
  }

  /// Calls a listener when a slot was given back: soon, but not surely.
  ///
  /// @param listener given the key of the limit, `tag db`
  public AutoCloseable listen(Consumer<String> listener) {
    return database.listen(topic -> {
      if (topic.startsWith(Slots.topic(""))) {
        listener.accept(topic.substring(Slots.topic("").length()));
      }
    });
  }
}
