package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes flow runs, begins them, and holds them.
final class Claims {
  private Claims() {}

  /// Takes runs of a pool whose time has come, as far as there are slots for them. A run that finds
  /// none does not keep those behind it.
  static List<Claimed> due(Tx tx, ClaimRequest request) {
    List<Claimed> taken = new ArrayList<>();
    while (taken.size() < request.atMost()) {
      FlowLimits limits = FlowLimits.of(tx, request.pool());
      limits.turnAway();
      List<FlowRun> candidates = candidates(tx, request, limits, request.atMost() - taken.size());
      List<FlowRun> ready = candidates.stream().filter(limits::acquire).toList();
      taken.addAll(take(tx, ready, request.owner(), request.lease(), limits.any()));
      if (ready.isEmpty() || ready.size() == candidates.size()) {
        return taken;
      }
    }
    return taken;
  }

  private static List<FlowRun> candidates(
      Tx tx, ClaimRequest request, FlowLimits limits, int atMost) {
    if (limits.poolIsFull()) {
      return List.of();
    }
    return tx.query(
            "SELECT * FROM flow_run WHERE pool = :pool AND due_at <= :now"
                + " AND state_type IN ('SCHEDULED', 'PAUSED')"
                + among(" AND queue", "q", request.queues())
                + among(" AND NOT coalesce(version, '')", "v", request.lacks())
                + among(" AND NOT coalesce(deployment, '')", "d", limits.fullDeployments())
                + among(" AND NOT coalesce(queue, '')", "f", limits.fullQueues())
                + SqlWorkPools.NOT_PAUSED
                + " ORDER BY priority, due_at, id LIMIT :most "
                + tx.dialect().skipLocked())
        .bind("pool", request.pool())
        .bind("now", tx.now())
        .bind("most", atMost)
        .bindEach("q", request.queues())
        .bindEach("v", request.lacks())
        .bindEach("d", limits.fullDeployments())
        .bindEach("f", limits.fullQueues())
        .map(FlowRunRow::read)
        .list();
  }

  /// ` AND queue IN (:q0, :q1)`, or nothing.
  static String among(String column, String prefix, List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    StringBuilder names = new StringBuilder(column).append(" IN (");
    for (int i = 0; i < values.size(); i++) {
      names.append(i == 0 ? ":" : ", :").append(prefix).append(i);
    }
    return names.append(')').toString();
  }

  /// Takes one run, unless it is over or held under a lease that has not ended.
  static Optional<Claimed> one(Tx tx, String run, String owner, Duration lease) {
    Optional<FlowRun> takeable = SqlFlowRuns.held(tx, run).filter(found -> takeable(tx, found));
    takeable
        .filter(found -> found.state().type().isHeld())
        .ifPresent(found -> Slots.releaseAll(tx, found.id()));
    return takeable.map(found -> take(tx, List.of(found), owner, lease, false).getFirst());
  }

  private static boolean takeable(Tx tx, FlowRun run) {
    return switch (run.state().type()) {
      case SCHEDULED, PAUSED, CRASHED -> true;
      case PENDING, RUNNING, CANCELLING -> expired(tx, run.id());
      case COMPLETED, FAILED, CANCELLED -> false;
    };
  }

  private static boolean expired(Tx tx, String run) {
    return tx.query(
            "SELECT 1 FROM flow_run WHERE id = :run AND (lease_until IS NULL OR lease_until <"
                + " :now)")
        .bind("run", run)
        .bind("now", tx.now())
        .exists();
  }

  /// @param limited whether they may have slots
  private static List<Claimed> take(
      Tx tx, List<FlowRun> runs, String owner, Duration lease, boolean limited) {
    if (runs.isEmpty()) {
      return List.of();
    }
    List<String> ids = runs.stream().map(FlowRun::id).toList();
    Query query =
        tx.query(
                "UPDATE flow_run SET fence = fence + 1, lease_owner = :owner, lease_until = :until,"
                    + " state_type = 'PENDING', state_name = 'Pending', state_at = :now,"
                    + " state_message = '', limited = :limited WHERE"
                    + among(" id", "r", ids)
                    + " RETURNING *")
            .bind("owner", owner)
            .bind("until", tx.in(lease))
            .bind("limited", limited ? 1 : 0)
            .bind("now", tx.now())
            .bindEach("r", ids);
    tx.leasesChanged();
    Map<String, Integer> order = new HashMap<>();
    ids.forEach(id -> order.put(id, order.size()));
    List<Claimed> taken =
        query.map(row -> claimed(FlowRunRow.read(row), owner, row.getLong("fence"))).list().stream()
            .sorted(Comparator.comparing(claimed -> order.get(claimed.run().id())))
            .toList();
    for (Claimed each : taken) {
      tx.entered(Histories.Of.FLOW_RUN, each.run().id(), StateName.PENDING, "");
      if (each.begunBefore()) {
        fenceInside(tx, each.run().id());
      }
    }
    return taken;
  }

  private static Claimed claimed(FlowRun run, String owner, long fence) {
    return new Claimed(run, new Lease(run.id(), owner, fence), run.times().started() != null);
  }

  /// What the process before may still write for subflows of this run is fenced too.
  static void fenceInside(Tx tx, String run) {
    List<String> limited =
        tx
            .query(
                """
                UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL
                WHERE root = :run RETURNING CASE WHEN limited = 1 THEN id ELSE '' END
                """)
            .bind("run", run)
            .texts()
            .list()
            .stream()
            .filter(id -> !id.isEmpty())
            .toList();
    limited.forEach(subflow -> Slots.releaseAll(tx, subflow));
  }

  static @Nullable Wanted begin(Tx tx, Lease lease, @Nullable String version) {
    Begun begun =
        tx.query(
                """
                UPDATE flow_run SET attempt = CASE attempt WHEN 0 THEN 1 ELSE attempt END,
                  version = coalesce(:version, version), started_at = coalesce(started_at, :now),
                  state_at = CASE state_type WHEN 'CANCELLING' THEN state_at ELSE :now END,
                  state_name = CASE WHEN state_type = 'CANCELLING' THEN state_name
                    WHEN attempt > 1 THEN 'Retrying' ELSE 'Running' END,
                  state_type = CASE state_type WHEN 'CANCELLING' THEN state_type ELSE 'RUNNING' END
                WHERE id = :run AND fence = :fence AND lease_owner = :owner
                RETURNING state_name, wanted
                """)
            .bind("version", version)
            .bind("now", tx.now())
            .bind("run", lease.run())
            .bind("fence", lease.fence())
            .bind("owner", lease.owner())
            .map(row ->
                new Begun(
                    StateName.of(row.getString("state_name")), wanted(row.getString("wanted"))))
            .findOne()
            .orElseThrow(() -> new Fenced(lease));
    if (begun.state().type() == StateType.RUNNING) {
      tx.entered(Histories.Of.FLOW_RUN, lease.run(), begun.state(), "");
    }
    return begun.wanted();
  }

  private record Begun(StateName state, @Nullable Wanted wanted) {}

  static Renewal renew(Tx tx, Lease lease, Duration duration) {
    return tx.query(
            """
            UPDATE flow_run SET lease_until = :until
            WHERE id = :run AND fence = :fence AND lease_owner = :owner
              AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
            RETURNING wanted
            """)
        .bind("until", tx.in(duration))
        .bind("run", lease.run())
        .bind("fence", lease.fence())
        .bind("owner", lease.owner())
        .map(row -> new Renewal(lease, true, wanted(row.getString("wanted"))))
        .findOne()
        .orElseGet(() -> new Renewal(lease, false, null));
  }

  private static @Nullable Wanted wanted(@Nullable String text) {
    return text == null ? null : Wanted.valueOf(text);
  }
}
