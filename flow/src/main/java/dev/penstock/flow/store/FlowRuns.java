package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flow runs of a store: made, taken under a lease, moved from state to state. A run is held by
/// one process at a time; what another writes for it is [Fenced].
public final class FlowRuns {
  private final Database database;

  FlowRuns(Database database) {
    this.database = database;
  }

  /// Makes a run, which then waits for its time; or finds the one that was made with the same id or
  /// idempotency key.
  public FlowRun create(NewFlowRun run) {
    return database.write(tx -> create(tx, run));
  }

  /// The same for a subflow of a run that the caller holds.
  ///
  /// @throws Fenced when another has taken the caller's run since
  public FlowRun create(Lease caller, NewFlowRun subflow) {
    return database.write(tx -> {
      tx.require(caller);
      return create(tx, subflow);
    });
  }

  FlowRun create(Tx tx, NewFlowRun run) {
    return NewRuns.create(tx, run);
  }

  /// The topic of the runs that wait in a pool.
  static String pool(String pool) {
    return "pool " + pool;
  }

  /// The run of this id.
  public Optional<FlowRun> find(String id) {
    return database.read(tx -> find(tx, "id = :value", id));
  }

  static Optional<FlowRun> find(Tx tx, String condition, String value) {
    return tx.query("SELECT * FROM flow_run WHERE " + condition)
        .bind("value", value)
        .map((row, _) -> FlowRunRow.read(row))
        .findOne();
  }

  /// The run of this id, kept from others until the end of the transaction.
  static Optional<FlowRun> held(Tx tx, String id) {
    return find(tx, "id = :value " + tx.dialect().forUpdate(), id);
  }

  /// How long until a run may be taken, by the clock of the store: that of this process may be
  /// another. Zero or less when it may be now.
  public Optional<Duration> untilDue(String run) {
    return database.read(tx ->
        tx.query("SELECT due_at FROM flow_run WHERE id = :run")
            .bind("run", run)
            .mapTo(Long.class)
            .findOne()
            .map(due -> Duration.of(due - tx.now(), ChronoUnit.MICROS)));
  }

  /// Every state that a run was in, the first one first.
  public List<State> history(String run) {
    return database.read(tx ->
        tx.query("SELECT name, at, message FROM flow_run_state WHERE flow_run = :run ORDER BY id")
            .bind("run", run)
            .map((row, _) -> Histories.read(row))
            .list());
  }

  /// Takes runs whose time has come, and for which there are slots: they are pending, and nobody
  /// else's until the lease ends. The first ones are those that go first.
  public List<Claimed> claim(ClaimRequest request) {
    return database.write(tx -> Claims.due(tx, request));
  }

  /// Takes one run, whatever its time and its pool, unless it is over or held by another under a
  /// lease that has not ended.
  public Optional<Claimed> claim(String run, String owner, Duration lease) {
    return database.write(tx -> Claims.one(tx, run, owner, lease));
  }

  /// The same for a subflow of a run that the caller holds.
  ///
  /// @throws Fenced when another has taken the caller's run since
  public Optional<Claimed> claim(Lease caller, String subflow, Duration lease) {
    return database.write(tx -> {
      tx.require(caller);
      return Claims.one(tx, subflow, caller.owner(), lease);
    });
  }

  /// Begins a run that was taken.
  ///
  /// @param version of the code that runs it
  /// @return what somebody has asked of it since; null for nothing
  /// @throws Fenced when another has taken it since
  public @Nullable Wanted begin(Lease lease, @Nullable String version) {
    return database.write(tx -> Claims.begin(tx, lease, version));
  }

  /// Holds runs for longer, with the slots they have, and tells what is asked of them.
  public List<Renewal> renew(Collection<Lease> leases, Duration lease) {
    return database.write(
        tx -> leases.stream().map(each -> Claims.renew(tx, each, lease)).toList());
  }

  /// Moves a run that is held to another state, and lets it go where nobody holds such a run. One
  /// that was to be cancelled does not wait any more: it is cancelled; one that was to pause does.
  ///
  /// @param outcome what goes with the state
  /// @return where it is now
  /// @throws Fenced when another has taken it since
  public State move(Lease lease, StateName state, Outcome outcome) {
    return database.write(tx -> Transitions.move(tx, lease, state, outcome));
  }

  /// What goes with a state that a run moves to.
  ///
  /// @param message why, for people
  /// @param result what the flow returned, as JSON
  /// @param error why it failed, with its stack
  /// @param pause how long until it may be taken again, by the clock of the store; null to leave
  ///   that as it is
  public record Outcome(
      String message, @Nullable String result, @Nullable String error, @Nullable Duration pause) {
    public static Outcome message(String message) {
      return new Outcome(message, null, null, null);
    }
  }

  /// Finds runs whose process is gone, and says what becomes of them: those of a pool wait to be
  /// taken over, at most `again` times without progress; others have crashed.
  ///
  /// @return the ids of the runs found
  public List<String> expire(int again) {
    return database.write(tx -> Expiry.expire(tx, again));
  }

  /// Asks a run to stop. One that nobody holds is cancelled at once.
  ///
  /// @return where it is now; empty when there is no such run
  public Optional<State> cancel(String id) {
    return change(id, ByHand::cancel);
  }

  /// Asks a run to unwind before its next task, and to wait until it is resumed. One that nobody
  /// holds is paused at once.
  public Optional<State> pause(String id) {
    return change(id, ByHand::pause);
  }

  /// Lets a run that is paused or suspended go on.
  public Optional<State> resume(String id) {
    return change(id, ByHand::resume);
  }

  /// Runs a finished run again.
  ///
  /// @param fromStart whether to do all tasks again; else those that completed are not
  public Optional<State> retry(String id, boolean fromStart) {
    return change(id, (tx, run) -> ByHand.retry(tx, run, fromStart));
  }

  /// Puts a run into a final state by hand. Whoever holds it loses it.
  public Optional<State> force(String id, StateName state, String message) {
    if (!state.type().isFinal()) {
      throw new IllegalArgumentException(
          "a run can be put into a final state by hand, such as Completed or Failed, not into "
              + state);
    }
    return change(id, (tx, run) -> Transitions.end(tx, run.id(), state, Outcome.message(message)));
  }

  @FunctionalInterface
  private interface Change {
    void apply(Tx tx, FlowRun run);
  }

  private Optional<State> change(String id, Change change) {
    return database.write(tx -> {
      Optional<FlowRun> run = held(tx, id);
      run.ifPresent(found -> change.apply(tx, found));
      return run.flatMap(_ -> find(tx, "id = :value", id)).map(FlowRun::state);
    });
  }

  /// Deletes a run with its subflows, tasks, logs and artifacts, unless somebody holds it or the
  /// run that called it.
  ///
  /// @return whether it is gone
  public boolean delete(String id) {
    return database.write(tx -> Removal.delete(tx, id));
  }

  /// Runs that the filter lets through, newest first.
  public List<FlowRun> list(RunFilter filter, Page page) {
    return database.read(tx -> FlowRunList.of(tx, filter, page));
  }

  /// How many runs that the filter lets through are in each state.
  public Map<StateName, Long> states(RunFilter filter) {
    return database.read(tx -> FlowRunList.states(tx, filter));
  }

  /// How many outermost runs ended, by state and by time.
  ///
  /// @param since where the first interval begins
  /// @param width how long each interval is
  public List<Ended> ended(Instant since, Duration width) {
    return database.read(tx ->
        tx.query(
                """
                SELECT state_type, (ended_at - :since) / :width AS slot, count(*) AS runs
                FROM flow_run WHERE ended_at >= :since AND ended_at IS NOT NULL AND root IS NULL
                GROUP BY 1, 2 ORDER BY 2, 1
                """)
            .bind("since", Tx.micros(since))
            .bind("width", Tx.micros(width))
            .map((row, _) ->
                new Ended(
                    StateType.valueOf(row.getString("state_type")),
                    row.getInt("slot"),
                    row.getLong("runs")))
            .list());
  }

  /// Runs that ended within an interval.
  ///
  /// @param interval counted from 0
  public record Ended(StateType state, int interval, long runs) {}
}
