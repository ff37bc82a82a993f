package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How flow runs pass from one process to another before their lease has ended: from a worker to
/// the process that it starts for a run, and back to the pool.
public final class Handovers {
  private final Database database;

  Handovers(Database database) {
    this.database = database;
  }

  /// Says that a run that was taken is on its way into a process of its own.
  ///
  /// @throws Fenced when another has taken it since
  public void submitting(Lease lease) {
    database.write(tx -> {
      tx.require(lease);
      Transitions.set(tx, lease.run(), StateName.SUBMITTING, "");
      return null;
    });
  }

  /// Takes a run over from the process that took it for this one.
  ///
  /// @param lease of the other process
  /// @param owner this process
  /// @return the run under a lease of its own; empty when another has taken it since, or it is
  ///   begun already
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
            .mapTo(Long.class)
            .findOne()
            .map(fence -> {
              tx.leasesChanged();
              FlowRun run = FlowRuns.find(tx, "id = :value", lease.run()).orElseThrow();
              Lease own = new Lease(lease.run(), owner, fence);
              return new Claimed(run, own, run.times().started() != null);
            }));
  }

  /// Gives a run back to its pool: whoever takes it next goes on with it. One that was to be
  /// cancelled is.
  ///
  /// @param why for people
  /// @param pause how long nobody takes it
  /// @return whether it was still held under this lease
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
          database.notify(tx, FlowRuns.pool(String.valueOf(run.origin().pool())));
        });
  }

  /// Says that the process of a run is known to be gone, without waiting for its lease to end.
  ///
  /// @param again how often in a row it may be lost without progress
  /// @return whether it was still held under this lease
  public boolean lost(Lease lease, int again) {
    return leave(lease, (tx, run) -> Expiry.lost(tx, run, again));
  }

  /// Ends a run that cannot be run at all.
  ///
  /// @param why for people
  /// @return whether it was still held under this lease
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
        .map((row, _) -> FlowRunRow.read(row))
        .findOne();
  }

  /// Marks runs that wait in a pool although their time has long passed.
  ///
  /// @param tolerance how late a run may be
  /// @return how many were marked
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
              .mapTo(String.class)
              .list();
      late.forEach(run -> Transitions.set(tx, run, StateName.LATE, "no worker has taken it"));
      return late.size();
    });
  }
}
