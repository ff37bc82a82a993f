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

/// The SQL of [FlowRuns].
final class SqlFlowRuns implements FlowRuns {
  private final Database database;

  SqlFlowRuns(Database database) {
    this.database = database;
  }

  @Override
  public FlowRun create(NewFlowRun run) {
    return database.write(tx -> create(tx, run));
  }

  @Override
  public FlowRun createSubflow(Lease caller, NewFlowRun subflow) {
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

  @Override
  public Optional<FlowRun> find(String id) {
    return database.read(tx -> find(tx, "id = :value", id));
  }

  static Optional<FlowRun> find(Tx tx, String condition, String value) {
    return tx.query("SELECT * FROM flow_run WHERE " + condition)
        .bind("value", value)
        .map(FlowRunRow::read)
        .findOne();
  }

  /// The run of this id, kept from others until the end of the transaction.
  static Optional<FlowRun> held(Tx tx, String id) {
    return find(tx, "id = :value " + tx.dialect().forUpdate(), id);
  }

  @Override
  public Optional<Duration> untilDue(String run) {
    return database.read(tx ->
        tx.query("SELECT due_at FROM flow_run WHERE id = :run")
            .bind("run", run)
            .longs()
            .findOne()
            .map(due -> Duration.of(due - tx.now(), ChronoUnit.MICROS)));
  }

  @Override
  public List<State> history(String run) {
    return database.read(tx ->
        tx.query("SELECT name, at, message FROM flow_run_state WHERE flow_run = :run ORDER BY id")
            .bind("run", run)
            .map(Histories::read)
            .list());
  }

  @Override
  public List<Claimed> claim(ClaimRequest request) {
    return database.write(tx -> Claims.due(tx, request));
  }

  @Override
  public Optional<Claimed> take(String run, String owner, Duration lease) {
    return database.write(tx -> Claims.one(tx, run, owner, lease));
  }

  @Override
  public Optional<Claimed> takeSubflow(Lease caller, String subflow, Duration lease) {
    return database.write(tx -> {
      tx.require(caller);
      return Claims.one(tx, subflow, caller.owner(), lease);
    });
  }

  @Override
  public @Nullable Wanted begin(Lease lease, @Nullable String version) {
    return database.write(tx -> tx.runs().begin(tx, lease, version)).wanted();
  }

  @Override
  public List<Renewal> renew(Collection<Lease> leases, Duration lease) {
    return database.write(tx -> Claims.renew(tx, leases, lease));
  }

  @Override
  public State move(Lease lease, StateName state, Outcome outcome) {
    return database.write(tx -> {
      State reached = Transitions.move(tx, lease, state, outcome);
      tx.logged(outcome.log());
      return reached;
    });
  }

  @Override
  public List<String> expire(int again) {
    return database.write(tx -> Expiry.expire(tx, again));
  }

  @Override
  public Optional<State> cancel(String id) {
    return change(id, ByHand::cancel);
  }

  @Override
  public Optional<State> pause(String id) {
    return change(id, ByHand::pause);
  }

  @Override
  public Optional<State> resume(String id) {
    return change(id, ByHand::resume);
  }

  @Override
  public Optional<State> retry(String id, boolean fromStart) {
    return change(id, (tx, run) -> ByHand.retry(tx, run, fromStart));
  }

  @Override
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

  @Override
  public boolean delete(String id) {
    return database.write(tx -> Removal.delete(tx, id));
  }

  @Override
  public List<FlowRun> list(RunFilter filter, Page page) {
    return database.read(tx -> FlowRunList.of(tx, filter, page));
  }

  @Override
  public Map<StateName, Counted> states(RunFilter filter, int atMost) {
    return database.read(tx -> RunCounts.of(tx, filter, atMost));
  }

  @Override
  public FoundRuns search(RunFilter filter, Page page, int look) {
    return database.read(tx -> FlowRunList.search(tx, filter, page, look));
  }

  @Override
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
            .map(row ->
                new Ended(
                    StateType.valueOf(row.getString("state_type")),
                    row.getInt("slot"),
                    row.getLong("runs")))
            .list());
  }
}
