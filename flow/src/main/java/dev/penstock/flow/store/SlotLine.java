package dev.penstock.flow.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The line of task runs that wait for slots. Whoever came first goes first, unless it waits for
/// another limit too: then those behind it go ahead. For one that wants several slots of a limit,
/// those that are free are kept until there are enough.
final class SlotLine {
  /// How many of those before one are looked at: more than a limit has slots to give at once.
  private static final int LOOKED_AT = 1000;

  private final Tx tx;
  private final Map<String, Integer> free = new HashMap<>();

  private SlotLine(Tx tx) {
    this.tx = tx;
  }

  /// @return why the holder has to wait; empty when it has a slot of each
  static Optional<String> ask(Tx tx, Slots.Holder holder, List<SlotDemand> demands) {
    List<Slots.Share> wanted = found(tx, demands);
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

  /// Those whose limits are there, in the order of their keys.
  private static List<Slots.Share> found(Tx tx, List<SlotDemand> demands) {
    Map<LimitKey, Integer> slots = new HashMap<>();
    demands.forEach(each -> slots.merge(each.key(), each.slots(), Math::max));
    return LimitRows.find(tx, List.copyOf(slots.keySet())).stream()
        .map(limit -> new Slots.Share(limit, requireNonNull(slots.get(limit.key()))))
        .toList();
  }

  /// A process may ask again for what it was given when it did not hear of it.
  private static boolean holds(Tx tx, Slots.Holder holder, List<Slots.Share> wanted) {
    List<String> held =
        tx.query("SELECT key FROM concurrency_slot WHERE holder = :holder AND flow_run = :run")
            .bind("holder", holder.id())
            .bind("run", holder.flowRun())
            .texts()
            .list();
    if (held.isEmpty()) {
      return false;
    }
    boolean all =
        wanted.stream()
            .allMatch(share -> Collections.frequency(held, share.key()) >= share.slots());
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

  private boolean isNext(Slots.Holder holder, List<Slots.Share> wanted) {
    for (Slots.Share share : wanted) {
      int slots = Slots.free(tx, share.limit());
      if (slots < share.slots()) {
        return false;
      }
      free.put(share.key(), slots);
    }
    for (List<Place> other : before(holder, wanted).values()) {
      if (other.stream().allMatch(each -> free(each.key()) > 0)) {
        other.forEach(each -> free.merge(each.key(), -each.slots(), Integer::sum));
        if (wanted.stream().anyMatch(share -> free(share.key()) < share.slots())) {
          return false;
        }
      }
    }
    return true;
  }

  /// A place in the line of a limit.
  private record Place(String key, int slots) {}

  private int free(String key) {
    Integer known = free.get(key);
    if (known != null) {
      return known;
    }
    int slots =
        tx.query("SELECT * FROM concurrency_limit WHERE key = :key")
            .bind("key", key)
            .map(LimitRows::read)
            .findOne()
            .map(limit -> Slots.free(tx, limit))
            .orElse(Integer.MAX_VALUE);
    free.put(key, slots);
    return slots;
  }

  /// Those that came before and want one of the same limits, the first one first, with all that
  /// they want.
  private Map<String, List<Place>> before(Slots.Holder holder, List<Slots.Share> wanted) {
    List<String> keys = wanted.stream().map(Slots.Share::key).toList();
    Long since = since(holder);
    Query query =
        tx.query(
                "SELECT holder, key, slots FROM concurrency_wait WHERE holder IN ("
                    + "SELECT holder FROM concurrency_wait WHERE"
                    + Claims.among(" key", "k", keys)
                    + " AND slots <= (SELECT l.slots FROM concurrency_limit l"
                    + " WHERE l.key = concurrency_wait.key)"
                    + " AND holder <> :holder AND (since < :since OR since = :since AND holder <"
                    + " :holder) ORDER BY since, holder LIMIT "
                    + LOOKED_AT
                    + ") ORDER BY since, holder")
            .bind("holder", holder.id())
            .bind("since", since == null ? Long.valueOf(Long.MAX_VALUE) : since)
            .bindEach("k", keys);
    Map<String, List<Place>> others = new LinkedHashMap<>();
    query
        .map(row ->
            Map.entry(
                row.getString("holder"), new Place(row.getString("key"), row.getInt("slots"))))
        .forEach(row ->
            others.computeIfAbsent(row.getKey(), _ -> new ArrayList<>()).add(row.getValue()));
    return others;
  }

  private @Nullable Long since(Slots.Holder holder) {
    return tx.query("SELECT min(since) FROM concurrency_wait WHERE holder = :holder")
        .bind("holder", holder.id())
        .longs()
        .findOne()
        .orElse(null);
  }

  private static void join(Tx tx, Slots.Holder holder, List<Slots.Share> wanted) {
    for (Slots.Share share : wanted) {
      tx.update(
              """
              INSERT INTO concurrency_wait (key, holder, flow_run, since, slots)
              VALUES (:key, :holder, :run, :now, :slots) ON CONFLICT (key, holder) DO NOTHING
              """)
          .bind("key", share.key())
          .bind("holder", holder.id())
          .bind("run", holder.flowRun())
          .bind("now", tx.now())
          .bind("slots", share.slots())
          .execute();
    }
  }

  private static void leave(Tx tx, Slots.Holder holder) {
    tx.update("DELETE FROM concurrency_wait WHERE holder = :holder")
        .bind("holder", holder.id())
        .execute();
  }
}
