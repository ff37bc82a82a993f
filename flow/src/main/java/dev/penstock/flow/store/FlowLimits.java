package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRuns.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The limits of the flow runs of one pool, as they are in one transaction: which are full, what
/// becomes of runs that find them so.
final class FlowLimits {
  private static final int STEP = 100;

  private final Tx tx;
  private final String pool;
  private final Map<String, Limit> all;
  private final List<Limit> full;

  private FlowLimits(Tx tx, String pool, List<Limit> all, List<Limit> full) {
    this.tx = tx;
    this.pool = pool;
    this.all =
        all.stream()
            .collect(Collectors.toMap(limit -> limit.key().toString(), Function.identity()));
    this.full = full;
  }

  static FlowLimits of(Tx tx, String pool) {
    List<Limit> all = new ArrayList<>();
    List<Limit> full = new ArrayList<>();
    tx.query(
            """
            SELECT l.*, EXISTS (SELECT 1 FROM concurrency_slot s
                WHERE s.key = l.key AND s.holder IS NULL AND s.free_at <= :now
                  AND s.number <= l.slots) AS free
            FROM concurrency_limit l WHERE kind IN ('DEPLOYMENT', 'POOL', 'QUEUE')
            """)
        .bind("now", tx.now())
        .map(row -> {
          Limit limit = LimitRows.read(row);
          all.add(limit);
          if (!row.getBoolean("free")) {
            full.add(limit);
          }
          return limit;
        })
        .list();
    return new FlowLimits(tx, pool, all, full);
  }

  /// Whether there are limits at all.
  boolean any() {
    return !all.isEmpty();
  }

  boolean poolIsFull() {
    return full.stream().anyMatch(limit -> limit.key().equals(LimitKey.pool(pool)));
  }

  /// Ids of deployments whose runs find no slot.
  List<String> fullDeployments() {
    return full.stream()
        .map(Limit::key)
        .filter(key -> key.kind() == LimitKey.Kind.DEPLOYMENT)
        .map(LimitKey::name)
        .toList();
  }

  /// Queues of this pool whose runs find no slot.
  List<String> fullQueues() {
    String prefix = pool + "/";
    return full.stream()
        .map(Limit::key)
        .filter(key -> key.kind() == LimitKey.Kind.QUEUE && key.name().startsWith(prefix))
        .map(key -> key.name().substring(prefix.length()))
        .toList();
  }

  /// Takes all slots that a run needs, or none.
  boolean acquire(FlowRun run) {
    List<Slots.Share> needed = needed(run).stream().map(Slots.Share::one).toList();
    return needed.isEmpty()
        || Slots.acquire(
            tx, needed, new Slots.Holder(run.id(), run.id(), "flow run '" + run.name() + "'"));
  }

  private List<Limit> needed(FlowRun run) {
    FlowRun.Origin origin = run.origin();
    List<LimitKey> keys = new ArrayList<>();
    keys.add(LimitKey.pool(pool));
    if (origin.deployment() != null) {
      keys.add(LimitKey.deployment(origin.deployment()));
    }
    if (origin.queue() != null) {
      keys.add(LimitKey.queue(pool, origin.queue()));
    }
    return keys.stream()
        .map(LimitKey::toString)
        .sorted()
        .map(all::get)
        .filter(limit -> limit != null)
        .toList();
  }

  /// Tells runs whose time has come, and for which there is no slot, why they wait; cancels those
  /// that are not to.
  void turnAway() {
    List<String> deployments = fullDeployments();
    List<String> queues = fullQueues();
    if (!poolIsFull() && deployments.isEmpty() && queues.isEmpty()) {
      return;
    }
    List<String> strict =
        full.stream()
            .filter(limit -> limit.collision() != Limit.Collision.ENQUEUE)
            .filter(limit -> limit.key().kind() == LimitKey.Kind.DEPLOYMENT)
            .map(limit -> limit.key().name())
            .toList();
    String blocked =
        poolIsFull()
            ? "1 = 1"
            : "(1 = 0"
                + Claims.among(" OR deployment", "d", deployments)
                + Claims.among(" OR queue", "f", queues)
                + ")";
    Query query =
        tx.query(
                "SELECT * FROM flow_run WHERE pool = :pool AND due_at <= :now"
                    + " AND state_type IN ('SCHEDULED', 'PAUSED') AND "
                    + blocked
                    + " AND (state_name <> 'AwaitingConcurrencySlot'"
                    + Claims.among(" OR deployment", "s", strict)
                    + ") ORDER BY priority, due_at, id LIMIT "
                    + STEP
                    + " "
                    + tx.dialect().skipLocked())
            .bind("pool", pool)
            .bind("now", tx.now());
    if (!poolIsFull()) {
      query.bindEach("d", deployments);
      query.bindEach("f", queues);
    }
    query.bindEach("s", strict);
    query.map(FlowRunRow::read).list().forEach(this::turnAway);
  }

  private void turnAway(FlowRun run) {
    List<Limit> blocking = needed(run).stream().filter(full::contains).toList();
    String why = Slots.why(tx, blocking.stream().map(Slots.Share::one).toList());
    for (Limit limit : blocking) {
      boolean begun = run.times().started() != null;
      boolean patient = Tx.micros(run.due().plus(limit.grace())) > tx.now();
      if (!begun && !patient && limit.collision() != Limit.Collision.ENQUEUE) {
        StateName state =
            limit.collision() == Limit.Collision.CANCEL_NEW
                ? StateName.CANCELLED
                : StateName.FAILED;
        String refused = "not begun, it did not get a slot: " + why.replaceFirst("^waiting: ", "");
        Transitions.end(tx, run.id(), state, Outcome.message(refused));
        return;
      }
    }
    if (run.state().name() != StateName.AWAITING_CONCURRENCY_SLOT) {
      Transitions.set(tx, run.id(), StateName.AWAITING_CONCURRENCY_SLOT, why);
    }
  }
}
