package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The SQL of [Handovers].
final class SqlHandovers implements Handovers {
  private final Database database;

  SqlHandovers(Database database) {
    this.database = database;
  }

  @Override
  public void submitting(Lease lease) {
    database.write(tx -> {
      tx.require(lease);
      Transitions.set(tx, lease.run(), StateName.SUBMITTING, "");
      return null;
    });
  }

  @Override
  public Optional<Claimed> take(Lease lease, String owner, Duration duration) {
    return database.write(tx ->
        tx.query(
                """
                UPDATE flow_run SET fence = fence + 1, lease_owner = :owner, lease_until = :until
                WHERE id = :run AND fence = :fence AND lease_owner = :before
                  AND state_type = 'PENDING'
                RETURNING fence
                """)
            .bind("owner", owner)
            .bind("until", tx.in(duration))
            .bind("run", lease.run())
            .bind("fence", lease.fence())
            .bind("before", lease.owner())
            .longs()
            .findOne()
            .map(fence -> {
              tx.leasesChanged();
              FlowRun run = SqlFlowRuns.find(tx, "id = :value", lease.run()).orElseThrow();
              Lease own = new Lease(lease.run(), owner, fence);
              return new Claimed(run, own, run.times().started() != null);
            }));
  }

  @Override
  public boolean release(Lease lease, String why, Duration pause) {
    return leave(
        lease,
        (tx, run) -> {
          if (run.state().type() == StateType.CANCELLING) {
            Transitions.end(tx, run.id(), StateName.CANCELLED, FlowRuns.Outcome.message(why));
            return;
          }
          tx.update(
                  """
                  UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL,
                    wanted = NULL, due_at = :due
                  WHERE id = :run
                  """)
              .bind("due", tx.in(pause))
              .bind("run", run.id())
              .execute();
          tx.leasesChanged();
          Slots.releaseAll(tx, run.id());
          Claims.fenceInside(tx, run.id());
          StateName state =
              run.times().started() == null ? StateName.SCHEDULED : StateName.AWAITING_RETRY;
          Transitions.set(tx, run.id(), state, why);
          database.notify(tx, SqlFlowRuns.pool(String.valueOf(run.origin().pool())));
        });
  }

  @Override
  public boolean lost(Lease lease, int again) {
    return leave(lease, (tx, run) -> Expiry.lost(tx, run, again));
  }

  @Override
  public boolean refuse(Lease lease, String why) {
    return leave(
        lease,
        (tx, run) ->
            Transitions.end(
                tx, run.id(), StateName.FAILED, new FlowRuns.Outcome(why, null, why, null)));
  }

  @FunctionalInterface
  private interface Leaving {
    void apply(Tx tx, FlowRun run);
  }

  private boolean leave(Lease lease, Leaving leaving) {
    return database.write(tx -> {
      Optional<FlowRun> held = held(tx, lease);
      held.ifPresent(run -> leaving.apply(tx, run));
      return held.isPresent();
    });
  }

  private static Optional<FlowRun> held(Tx tx, Lease lease) {
    return tx.query(
            "SELECT * FROM flow_run WHERE id = :run AND fence = :fence AND lease_owner = :owner "
                + tx.dialect().forUpdate())
        .bind("run", lease.run())
        .bind("fence", lease.fence())
        .bind("owner", lease.owner())
        .map(FlowRunRow::read)
        .findOne();
  }

  @Override
  public int markLate(Duration tolerance) {
    return database.write(tx -> {
      List<String> late =
          tx.query(
                  """
                  SELECT id FROM flow_run WHERE pool IS NOT NULL AND state_type = 'SCHEDULED'
                    AND state_name = 'Scheduled' AND due_at < :before LIMIT 100
                  """
                      + tx.dialect().skipLocked())
              .bind("before", tx.now() - Tx.micros(tolerance))
              .texts()
              .list();
      late.forEach(run -> Transitions.set(tx, run, StateName.LATE, "no worker has taken it"));
      return late.size();
    });
  }
}
