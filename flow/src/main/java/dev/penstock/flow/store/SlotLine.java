package dev.penstock.flow.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The line of task runs that wait for slots. Whoever came first goes first, unless it waits for
/// another limit too: then those behind it go ahead.
final class SlotLine {
  /// How many of those before one are looked at: more than a limit has slots to give at once.
  private static final int LOOKED_AT = 1000;

  private final Tx tx;
  private final Map<String, Integer> free = new HashMap<>();

  private SlotLine(Tx tx) {
    this.tx = tx;
  }

  /// @return why the holder has to wait; empty when it has a slot of each
  static Optional<String> ask(Tx tx, Slots.Holder holder, List<LimitKey> keys) {
    List<Limit> wanted = LimitRows.find(tx, keys);
    if (wanted.isEmpty() || holds(tx, holder, wanted)) {
      return Optional.empty();
    }
    limited(tx, holder);
    if (new SlotLine(tx).isNext(holder, wanted) && Slots.acquire(tx, wanted, holder)) {
      leave(tx, holder);
      return Optional.empty();
    }
    join(tx, holder, wanted);
    return Optional.of(Slots.why(tx, wanted));
  }

  /// A process may ask again for what it was given when it did not hear of it.
  private static boolean holds(Tx tx, Slots.Holder holder, List<Limit> wanted) {
    List<String> held =
        tx.query("SELECT key FROM concurrency_slot WHERE holder = :holder AND flow_run = :run")
            .bind("holder", holder.id())
            .bind("run", holder.flowRun())
            .mapTo(String.class)
            .list();
    if (held.isEmpty()) {
      return false;
    }
    boolean all = wanted.stream().allMatch(limit -> held.contains(limit.key().toString()));
    if (!all) { // another limit was made since: all or none
      Slots.release(tx, holder.id());
    }
    return all;
  }

  private static void limited(Tx tx, Slots.Holder holder) {
    tx.update("UPDATE flow_run SET limited = 1 WHERE id = :run AND limited = 0")
        .bind("run", holder.flowRun())
        .execute();
  }

  private boolean isNext(Slots.Holder holder, List<Limit> wanted) {
    for (Limit limit : wanted) {
      int slots = Slots.free(tx, limit);
      if (slots == 0) {
        return false;
      }
      free.put(limit.key().toString(), slots);
    }
    for (List<String> other : before(holder, wanted).values()) {
      if (other.stream().allMatch(key -> free(key) > 0)) {
        other.forEach(key -> free.merge(key, -1, Integer::sum));
        if (wanted.stream().anyMatch(limit -> free(limit.key().toString()) == 0)) {
          return false;
        }
      }
    }
    return true;
  }

  private int free(String key) {
    Integer known = free.get(key);
    if (known != null) {
      return known;
    }
    int slots =
        tx.query("SELECT * FROM concurrency_limit WHERE key = :key")
            .bind("key", key)
            .map((row, _) -> LimitRows.read(row))
            .findOne()
            .map(limit -> Slots.free(tx, limit))
            .orElse(Integer.MAX_VALUE);
    free.put(key, slots);
    return slots;
  }

  /// Those that came before and want one of the same limits, the first one first, with all that
  /// they want.
  private Map<String, List<String>> before(Slots.Holder holder, List<Limit> wanted) {
    List<String> keys = wanted.stream().map(limit -> limit.key().toString()).toList();
    Long since = since(holder);
    Query query =
        tx.query(
                "SELECT holder, key FROM concurrency_wait WHERE holder IN ("
                    + "SELECT holder FROM concurrency_wait WHERE"
                    + Claims.among(" key", "k", keys)
                    + " AND holder <> :holder AND (since < :since OR since = :since AND holder <"
                    + " :holder) ORDER BY since, holder LIMIT "
                    + LOOKED_AT
                    + ") ORDER BY since, holder")
            .bind("holder", holder.id())
            .bind("since", since == null ? Long.valueOf(Long.MAX_VALUE) : since);
    Claims.bind(query::bind, "k", keys);
    Map<String, List<String>> others = new LinkedHashMap<>();
    query
        .map((row, _) -> Map.entry(row.getString("holder"), row.getString("key")))
        .forEach(row ->
            others.computeIfAbsent(row.getKey(), _ -> new ArrayList<>()).add(row.getValue()));
    return others;
  }

  private @Nullable Long since(Slots.Holder holder) {
    return tx.query("SELECT min(since) FROM concurrency_wait WHERE holder = :holder")
        .bind("holder", holder.id())
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  private static void join(Tx tx, Slots.Holder holder, List<Limit> wanted) {
    for (Limit limit : wanted) {
      tx.update(
              """
              INSERT INTO concurrency_wait (key, holder, flow_run, since)
              VALUES (:key, :holder, :run, :now) ON CONFLICT (key, holder) DO NOTHING
              """)
          .bind("key", limit.key().toString())
          .bind("holder", holder.id())
          .bind("run", holder.flowRun())
          .bind("now", tx.now())
          .execute();
    }
  }

  private static void leave(Tx tx, Slots.Holder holder) {
    tx.update("DELETE FROM concurrency_wait WHERE holder = :holder")
        .bind("holder", holder.id())
        .execute();
  }
}
