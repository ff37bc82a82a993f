package dev.penstock.flow.store;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rows that are the slots of limits. A slot is held by a flow run, or by one of its tasks,
/// under the lease of that flow run: it is renewed with it, and whatever ends the lease frees the
/// slot in the same transaction. Nobody waits for a row that another is about to take, so that
/// there is no deadlock.
final class Slots {
  private static final int NAMED = 3;

  private Slots() {}

  /// Whoever holds a slot.
  ///
  /// @param id of a flow run or task run
  /// @param flowRun by whose lease
  /// @param label for people
  record Holder(String id, String flowRun, String label) {}

  /// The topic of a limit whose slot was given back.
  static String topic(String key) {
    return "slot " + key;
  }

  /// Slots of a limit that is there.
  record Share(Limit limit, int slots) {
    static Share one(Limit limit) {
      return new Share(limit, 1);
    }

    String key() {
      return limit.key().toString();
    }
  }

  /// Takes slots of each limit, or none.
  static boolean acquire(Tx tx, Collection<Share> shares, Holder holder) {
    for (Share share : shares) {
      for (int i = 0; i < share.slots(); i++) {
        if (!acquire(tx, share.limit(), holder)) {
          shares.forEach(each -> putBack(tx, each.key(), holder));
          return false;
        }
      }
    }
    return true;
  }

  private static boolean acquire(Tx tx, Limit limit, Holder holder) {
    return tx.update(
                """
                UPDATE concurrency_slot SET holder = :holder, flow_run = :run, label = :label
                WHERE key = :key AND number = (
                  SELECT number FROM concurrency_slot
                  WHERE key = :key AND number <= :slots AND holder IS NULL AND free_at <= :now
                  ORDER BY number LIMIT 1 %s)
                """
                    .formatted(tx.dialect().skipLocked()))
            .bind("holder", holder.id())
            .bind("run", holder.flowRun())
            .bind("label", holder.label())
            .bind("key", limit.key().toString())
            .bind("slots", limit.slots())
            .bind("now", tx.now())
            .execute()
        == 1;
  }

  private static void putBack(Tx tx, String key, Holder holder) {
    tx.update(
            """
            UPDATE concurrency_slot SET holder = NULL, flow_run = NULL, label = NULL
            WHERE key = :key AND holder = :holder
            """)
        .bind("key", key)
        .bind("holder", holder.id())
        .execute();
  }

  /// How many slots could be taken now.
  static int free(Tx tx, Limit limit) {
    return tx.query(
            """
            SELECT count(*) FROM concurrency_slot
            WHERE key = :key AND number <= :slots AND holder IS NULL AND free_at <= :now
            """)
        .bind("key", limit.key().toString())
        .bind("slots", limit.slots())
        .bind("now", tx.now())
        .integers()
        .one();
  }

  /// Gives back what a task run holds, and its place in line.
  static void release(Tx tx, String holder) {
    give(tx, "holder = :id", holder);
    tx.update("DELETE FROM concurrency_wait WHERE holder = :id").bind("id", holder).execute();
  }

  /// Gives back all that a flow run and its tasks hold, and their places in line.
  static void releaseAll(Tx tx, String flowRun) {
    if (give(tx, "flow_run = :id", flowRun)) {
      tx.query("SELECT pool FROM flow_run WHERE id = :id AND pool IS NOT NULL")
          .bind("id", flowRun)
          .texts()
          .findOne()
          .ifPresent(pool -> tx.wake(SqlFlowRuns.pool(pool)));
    }
    tx.update("DELETE FROM concurrency_wait WHERE flow_run = :id").bind("id", flowRun).execute();
    tx.update("UPDATE flow_run SET limited = 0 WHERE id = :id").bind("id", flowRun).execute();
  }

  private static boolean give(Tx tx, String whose, String id) {
    List<String> freed =
        tx.query(
                """
                UPDATE concurrency_slot SET holder = NULL, flow_run = NULL, label = NULL,
                  free_at = :now + (SELECT decay FROM concurrency_limit
                    WHERE concurrency_limit.key = concurrency_slot.key)
                """
                    + "WHERE "
                    + whose
                    + " RETURNING key")
            .bind("now", tx.now())
            .bind("id", id)
            .texts()
            .list();
    new TreeSet<>(freed).forEach(key -> tx.wake(topic(key)));
    return !freed.isEmpty();
  }

  /// Frees slots of a limit, of one holder or of all, without decay.
  static int free(Tx tx, String key, @Nullable String holder) {
    int freed =
        tx.update(
                """
                UPDATE concurrency_slot SET holder = NULL, flow_run = NULL, label = NULL, free_at = 0
                WHERE key = :key AND (holder = :holder
                  OR :all = 1 AND (holder IS NOT NULL OR free_at > :now))
                """)
            .bind("key", key)
            .bind("holder", holder)
            .bind("all", holder == null ? 1 : 0)
            .bind("now", tx.now())
            .execute();
    tx.wake(topic(key));
    return freed;
  }

  /// Why one waits: `waiting: tag db 10/10, held by task run 'extract-0', …`.
  static String why(Tx tx, Collection<Share> shares) {
    List<String> reasons = new ArrayList<>();
    for (Share share : shares) {
      if (free(tx, share.limit()) < share.slots()) {
        reasons.add(why(tx, share));
      }
    }
    return reasons.isEmpty()
        ? "waiting: others came first"
        : "waiting: " + String.join("; ", reasons);
  }

  private static String why(Tx tx, Share share) {
    Limit limit = share.limit();
    if (limit.slots() == 0) {
      return limit.title() + " 0/0, which lets nobody in";
    }
    if (limit.slots() < share.slots()) {
      return limit.title()
          + " has "
          + limit.slots()
          + " slots where "
          + share.slots()
          + " are wanted: penstock concurrency-limit update makes it more";
    }
    List<LimitUse.Taken> taken = taken(tx, limit.key());
    List<String> by = new ArrayList<>();
    List<String> labels = taken.stream().map(LimitUse.Taken::label).distinct().toList();
    if (!labels.isEmpty()) {
      int more = labels.size() - NAMED;
      by.add(
          "held by "
              + labels.stream().limit(NAMED).collect(joining(", "))
              + (more > 0 ? " and " + more + " more" : ""));
    }
    int free = free(tx, limit);
    int decaying = limit.slots() - taken.size() - free;
    if (decaying > 0) {
      by.add(decaying + " given back a moment ago");
    }
    return limit.title()
        + " "
        + (Math.max(taken.size(), limit.slots()) - free)
        + "/"
        + limit.slots()
        + (share.slots() > 1 ? " of which " + share.slots() + " are wanted" : "")
        + (by.isEmpty() ? "" : ", " + String.join(", ", by));
  }

  static List<LimitUse.Taken> taken(Tx tx, LimitKey key) {
    return tx.query(
            """
            SELECT s.holder, s.flow_run, s.label, r.lease_until FROM concurrency_slot s
            LEFT JOIN flow_run r ON r.id = s.flow_run
            WHERE s.key = :key AND s.holder IS NOT NULL ORDER BY s.number
            """)
        .bind("key", key.toString())
        .map(row ->
            new LimitUse.Taken(
                row.getString("holder"),
                row.getString("flow_run"),
                row.getString("label"),
                leaseUntil(row)))
        .list();
  }

  private static @Nullable Instant leaseUntil(ResultSet row) throws SQLException {
    long micros = row.getLong("lease_until");
    return row.wasNull() ? null : Tx.instant(micros);
  }
}
