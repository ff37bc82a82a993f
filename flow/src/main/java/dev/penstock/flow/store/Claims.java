package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes flow runs, and holds them.
final class Claims {
  private static final HeldRuns RENEW =
      new HeldRuns(
          List.of(),
          "lease_until = :at",
          "AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')\n",
          "coalesce(wanted, '') AS asked");

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

  /// Renews leases.
  ///
  /// @return an answer for each, in their order
  static List<Renewal> renew(Tx tx, Collection<Lease> leases, Duration duration) {
    Map<Lease, List<@Nullable String>> texts = new LinkedHashMap<>();
    leases.forEach(lease -> texts.put(lease, List.of()));
    Map<Lease, String> wanted =
        leases.isEmpty()
            ? Map.of()
            : RENEW.update(tx, tx.in(duration), texts, row -> row.getString("asked"));
    return leases.stream().map(lease -> renewal(lease, wanted.get(lease))).toList();
  }

  /// @param wanted what is asked of it, empty for nothing; null when it is no longer held
  private static Renewal renewal(Lease lease, @Nullable String wanted) {
    return new Renewal(
        lease, wanted != null, wanted == null || wanted.isEmpty() ? null : Wanted.valueOf(wanted));
  }
}
