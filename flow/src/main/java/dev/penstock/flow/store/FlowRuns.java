package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  FlowRun create(Tx tx, NewFlowRun run) {
    Optional<FlowRun> before = find(tx, "id = :value", run.id());
    String key = run.call().idempotencyKey();
    if (before.isEmpty() && key != null) {
      before = find(tx, "idempotency_key = :value", key);
    }
    return before.orElseGet(() -> insert(tx, run));
  }

  private FlowRun insert(Tx tx, NewFlowRun run) {
    long now = tx.now();
    FlowRun.Origin origin = run.origin();
    FlowRun.Call call = run.call();
    tx.update(
            """
            INSERT INTO flow_run (id, name, flow, deployment, pool, queue, priority, version, source,
              parameters, tags, parent, root, path, interval_from, interval_to, idempotency_key,
              state_type, state_name, state_at, state_message, due_at,
              attempt, crashes, generation, fence, created_at)
            VALUES (:id, :name, :flow, :deployment, :pool, :queue, :priority, :version, :source,
              :parameters, :tags, :parent, :root, :path, :from, :to, :key,
              'SCHEDULED', 'Scheduled', :now, '', :due,
              0, 0, 0, 0, :now)
            """)
        .bind("id", run.id())
        .bind("name", run.name())
        .bind("flow", origin.flow())
        .bind("deployment", origin.deployment())
        .bind("pool", origin.pool())
        .bind("queue", origin.queue())
        .bind("priority", origin.priority())
        .bind("version", origin.version())
        .bind("source", origin.source())
        .bind("parameters", call.parameters())
        .bind("tags", Tags.write(call.tags()))
        .bind("parent", call.parent())
        .bind("root", call.root())
        .bind("path", call.path())
        .bind("from", micros(call.intervalFrom()))
        .bind("to", micros(call.intervalTo()))
        .bind("key", call.idempotencyKey())
        .bind("now", now)
        .bind("due", run.due() == null ? now : Tx.micros(run.due()))
        .execute();
    for (String tag : call.tags()) {
      tx.update("INSERT INTO flow_run_tag (tag, flow_run) VALUES (:tag, :run)")
          .bind("tag", tag)
          .bind("run", run.id())
          .execute();
    }
    StateChanges.append(tx, run.id(), StateName.SCHEDULED, "");
    if (origin.pool() != null) {
      database.notify(tx, pool(origin.pool()));
    }
    return find(tx, "id = :value", run.id()).orElseThrow();
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

  /// Every state that a run was in, the first one first.
  public List<State> history(String run) {
    return database.read(tx ->
        tx.query("SELECT name, at, message FROM flow_run_state WHERE flow_run = :run ORDER BY id")
            .bind("run", run)
            .map((row, _) ->
                new State(
                    StateName.of(row.getString("name")),
                    Tx.instant(row.getLong("at")),
                    row.getString("message")))
            .list());
  }

  /// Takes runs whose time has come: they are pending, and nobody else's until the lease ends.
  public List<Claimed> claim(ClaimRequest request) {
    return database.write(tx -> {
      List<Claimed> taken = new ArrayList<>();
      for (FlowRun due : due(tx, request)) {
        taken.add(take(tx, due, request.owner(), request.lease()));
      }
      return taken;
    });
  }

  private List<FlowRun> due(Tx tx, ClaimRequest request) {
    var query =
        tx.query(
                "SELECT * FROM flow_run WHERE pool = :pool AND due_at <= :now"
                    + " AND state_type IN ('SCHEDULED', 'PAUSED')"
                    + among(" AND queue", "q", request.queues().size())
                    + among(" AND NOT coalesce(version, '')", "v", request.lacks().size())
                    + WorkPools.NOT_PAUSED
                    + " ORDER BY priority, due_at, id LIMIT :most "
                    + tx.dialect().skipLocked())
            .bind("pool", request.pool())
            .bind("now", tx.now())
            .bind("most", request.atMost());
    bind(query, "q", request.queues());
    bind(query, "v", request.lacks());
    return query.map((row, _) -> FlowRunRow.read(row)).list();
  }

  /// ` AND queue IN (:q0, :q1)`, or nothing.
  private static String among(String column, String prefix, int count) {
    return count == 0 ? "" : column + " IN (" + names(prefix, count) + ")";
  }

  private static String names(String prefix, int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append(i == 0 ? ":" : ", :").append(prefix).append(i);
    }
    return names.toString();
  }

  private static void bind(org.jdbi.v3.core.statement.Query query, String prefix, List<?> values) {
    for (int i = 0; i < values.size(); i++) {
      query.bind(prefix + i, values.get(i));
    }
  }

  /// Takes one run, whatever its time and its pool, unless it is over or held by another under a
  /// lease that has not ended.
  public Optional<Claimed> claim(String run, String owner, Duration lease) {
    return database.write(tx ->
        find(tx, "id = :value" + (tx.dialect() == Dialect.POSTGRESQL ? " " : ""), run)
            .filter(found -> takeable(tx, found))
            .map(found -> take(tx, found, owner, lease)));
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
            "SELECT 1 FROM flow_run WHERE id = :run AND (lease_until IS NULL OR lease_until < :now)")
        .bind("run", run)
        .bind("now", tx.now())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static Claimed take(Tx tx, FlowRun run, String owner, Duration lease) {
    long fence =
        tx.query(
                """
                UPDATE flow_run SET fence = fence + 1, lease_owner = :owner, lease_until = :until,
                  state_type = 'PENDING', state_name = 'Pending', state_at = :now, state_message = ''
                WHERE id = :run RETURNING fence
                """)
            .bind("owner", owner)
            .bind("until", tx.in(lease))
            .bind("now", tx.now())
            .bind("run", run.id())
            .mapTo(Long.class)
            .one();
    // What the process before may still write for subflows of this run is fenced too.
    tx.update(
            "UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL WHERE root = :run")
        .bind("run", run.id())
        .execute();
    StateChanges.append(tx, run.id(), StateName.PENDING, "");
    FlowRun taken = find(tx, "id = :value", run.id()).orElseThrow();
    return new Claimed(taken, new Lease(run.id(), owner, fence), run.times().started() != null);
  }

  /// Begins a run that was taken.
  ///
  /// @param version of the code that runs it
  /// @throws Fenced when another has taken it since
  public void begin(Lease lease, @Nullable String version) {
    database.write(tx -> {
      tx.require(lease);
      int attempt =
          tx.query(
                  """
                  UPDATE flow_run SET attempt = CASE attempt WHEN 0 THEN 1 ELSE attempt END,
                    version = coalesce(:version, version),
                    started_at = coalesce(started_at, :now)
                  WHERE id = :run RETURNING attempt
                  """)
              .bind("version", version)
              .bind("now", tx.now())
              .bind("run", lease.run())
              .mapTo(Integer.class)
              .one();
      StateName state = attempt == 1 ? StateName.RUNNING : StateName.RETRYING;
      set(tx, lease.run(), state, "");
      return null;
    });
  }

  /// Holds runs for longer, and tells what is asked of them.
  public List<Renewal> renew(Collection<Lease> leases, Duration lease) {
    return database.write(tx -> leases.stream().map(each -> renew(tx, each, lease)).toList());
  }

  private static Renewal renew(Tx tx, Lease lease, Duration duration) {
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
        .map((row, _) -> new Renewal(lease, true, wanted(row.getString("wanted"))))
        .findOne()
        .orElseGet(() -> new Renewal(lease, false, null));
  }

  private static @Nullable Wanted wanted(@Nullable String text) {
    return text == null ? null : Wanted.valueOf(text);
  }

  /// Moves a run that is held to another state, and lets it go where nobody holds such a run.
  ///
  /// @param outcome what goes with the state
  /// @throws Fenced when another has taken it since
  public void move(Lease lease, StateName state, Outcome outcome) {
    database.write(tx -> {
      tx.require(lease);
      finish(tx, lease.run(), state, outcome);
      return null;
    });
  }

  void finish(Tx tx, String run, StateName state, Outcome outcome) {
    boolean over = state.type().isFinal();
    boolean held = state.type().isHeld();
    tx.update(
            """
            UPDATE flow_run SET result = :result, error = :error, due_at = coalesce(:due, due_at),
              wanted = CASE WHEN :held = 1 THEN wanted ELSE NULL END,
              lease_owner = CASE WHEN :held = 1 THEN lease_owner ELSE NULL END,
              lease_until = CASE WHEN :held = 1 THEN lease_until ELSE NULL END,
              crashes = CASE WHEN :held = 1 THEN crashes ELSE 0 END,
              ended_at = CASE WHEN :over = 1 THEN :now ELSE NULL END
            WHERE id = :run
            """)
        .bind("result", outcome.result())
        .bind("error", outcome.error())
        .bind("due", micros(outcome.due()))
        .bind("held", held ? 1 : 0)
        .bind("over", over ? 1 : 0)
        .bind("now", tx.now())
        .bind("run", run)
        .execute();
    set(tx, run, state, outcome.message());
    if (state == StateName.AWAITING_RETRY) {
      tryAgain(tx, run);
    }
  }

  /// Counts another try, which does the failed tasks again.
  private static void tryAgain(Tx tx, String run) {
    tx.update("UPDATE flow_run SET attempt = attempt + 1 WHERE id = :run")
        .bind("run", run)
        .execute();
    tx.update(
            """
            UPDATE task_run SET state_type = 'SCHEDULED', state_name = 'AwaitingRetry',
              state_at = :now, state_message = ''
            WHERE flow_run = :run AND state_type IN ('FAILED', 'CANCELLED', 'CRASHED')
              AND generation = (SELECT generation FROM flow_run WHERE id = :run)
            """)
        .bind("now", tx.now())
        .bind("run", run)
        .execute();
  }

  /// What goes with a state that a run moves to.
  ///
  /// @param message why, for people
  /// @param result what the flow returned, as JSON
  /// @param error why it failed, with its stack
  /// @param due when it may be taken again; null to leave that as it is
  public record Outcome(
      String message, @Nullable String result, @Nullable String error, @Nullable Instant due) {
    public static Outcome message(String message) {
      return new Outcome(message, null, null, null);
    }
  }

  static void set(Tx tx, String run, StateName state, String message) {
    tx.update(
            """
            UPDATE flow_run SET state_type = :type, state_name = :name, state_at = :now,
              state_message = :message
            WHERE id = :run
            """)
        .bind("type", state.type().name())
        .bind("name", state.title())
        .bind("now", tx.now())
        .bind("message", message)
        .bind("run", run)
        .execute();
    StateChanges.append(tx, run, state, message);
  }

  /// Finds runs whose process is gone, and says what becomes of them: those of a pool wait to be
  /// taken over, at most `again` times without progress; others have crashed.
  ///
  /// @return the ids of the runs found
  public List<String> expire(int again) {
    return database.write(tx -> {
      List<FlowRun> lost =
          tx.query(
                  """
                  SELECT * FROM flow_run WHERE lease_until < :now AND root IS NULL
                    AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                  LIMIT 100
                  """
                      + tx.dialect().skipLocked())
              .bind("now", tx.now())
              .map((row, _) -> FlowRunRow.read(row))
              .list();
      lost.forEach(run -> expire(tx, run, again));
      return lost.stream().map(FlowRun::id).toList();
    });
  }

  void expire(Tx tx, FlowRun run, int again) {
    String gone = "its process " + run.owner() + " is gone";
    int crashes =
        tx.query(
                """
                UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL,
                  crashes = crashes + 1
                WHERE id = :run RETURNING crashes
                """)
            .bind("run", run.id())
            .mapTo(Integer.class)
            .one();
    expireSubflows(tx, run, gone);
    if (run.state().type() == StateType.CANCELLING) {
      finish(tx, run.id(), StateName.CANCELLED, Outcome.message(gone));
      return;
    }
    set(tx, run.id(), StateName.CRASHED, gone);
    String pool = run.origin().pool();
    if (pool != null && crashes <= again) {
      tx.update("UPDATE flow_run SET due_at = :now WHERE id = :run")
          .bind("now", tx.now())
          .bind("run", run.id())
          .execute();
      set(tx, run.id(), StateName.AWAITING_RETRY, gone + "; another takes it over");
      database.notify(tx, pool(pool));
    } else {
      String why = pool == null ? gone : gone + ", for the " + crashes + "th time without progress";
      finish(tx, run.id(), StateName.CRASHED, new Outcome(why, null, why, null));
    }
  }

  private static void expireSubflows(Tx tx, FlowRun run, String gone) {
    List<String> subflows =
        tx.query(
                """
                UPDATE flow_run SET fence = fence + 1, lease_owner = NULL, lease_until = NULL
                WHERE root = :run AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                RETURNING id
                """)
            .bind("run", run.id())
            .mapTo(String.class)
            .list();
    subflows.forEach(subflow -> set(tx, subflow, StateName.CRASHED, gone));
  }

  /// Asks a run to stop. One that nobody holds is cancelled at once.
  ///
  /// @return where it is now; empty when there is no such run
  public Optional<State> cancel(String id) {
    return change(
        id,
        (tx, run) -> {
          switch (run.state().type()) {
            case SCHEDULED, PAUSED ->
                finish(tx, id, StateName.CANCELLED, Outcome.message("cancelled before it ran"));
            case PENDING, RUNNING -> {
              want(tx, id, Wanted.CANCEL);
              set(tx, id, StateName.CANCELLING, "");
            }
            case CANCELLING, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
          }
        });
  }

  /// Asks a run to unwind before its next task, and to wait until it is resumed. One that nobody
  /// holds is paused at once.
  public Optional<State> pause(String id) {
    return change(
        id,
        (tx, run) -> {
          switch (run.state().type()) {
            case SCHEDULED -> {
              tx.update("UPDATE flow_run SET due_at = :never WHERE id = :run")
                  .bind("never", Long.MAX_VALUE)
                  .bind("run", id)
                  .execute();
              set(tx, id, StateName.PAUSED, "");
            }
            case PENDING, RUNNING -> want(tx, id, Wanted.PAUSE);
            case PAUSED, CANCELLING, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
          }
        });
  }

  /// Lets a run that is paused or suspended go on.
  public Optional<State> resume(String id) {
    return change(
        id,
        (tx, run) -> {
          if (run.state().type() == StateType.PAUSED) {
            again(tx, run, StateName.RESUMING, "");
          }
        });
  }

  /// Runs a finished run again.
  ///
  /// @param fromStart whether to do all tasks again; else those that completed are not
  public Optional<State> retry(String id, boolean fromStart) {
    return change(
        id,
        (tx, run) -> {
          if (run.state().type().isFinal()) {
            tx.update(
                    """
                    UPDATE flow_run SET generation = generation + :more, ended_at = NULL,
                      error = NULL, result = NULL, crashes = 0
                    WHERE id = :run
                    """)
                .bind("more", fromStart ? 1 : 0)
                .bind("run", id)
                .execute();
            tryAgain(tx, id);
            again(tx, run, StateName.AWAITING_RETRY, "");
          }
        });
  }

  private void again(Tx tx, FlowRun run, StateName state, String message) {
    tx.update("UPDATE flow_run SET due_at = :now, wanted = NULL WHERE id = :run")
        .bind("now", tx.now())
        .bind("run", run.id())
        .execute();
    set(tx, run.id(), state, message);
    if (run.origin().pool() != null) {
      database.notify(tx, pool(run.origin().pool()));
    }
  }

  /// Puts a run into a final state by hand. Whoever holds it loses it.
  public Optional<State> force(String id, StateName state, String message) {
    if (!state.type().isFinal()) {
      throw new IllegalArgumentException(
          "a run can be put into a final state by hand, such as Completed or Failed, not into "
              + state);
    }
    return change(
        id,
        (tx, _) -> {
          tx.update("UPDATE flow_run SET fence = fence + 1 WHERE id = :run OR root = :run")
              .bind("run", id)
              .execute();
          finish(tx, id, state, Outcome.message(message));
        });
  }

  private static void want(Tx tx, String run, Wanted wanted) {
    tx.update("UPDATE flow_run SET wanted = :wanted WHERE id = :run")
        .bind("wanted", wanted.name())
        .bind("run", run)
        .execute();
  }

  @FunctionalInterface
  private interface Change {
    void apply(Tx tx, FlowRun run);
  }

  private Optional<State> change(String id, Change change) {
    return database.write(tx -> {
      String lock = tx.dialect() == Dialect.POSTGRESQL ? "id = :value FOR UPDATE" : "id = :value";
      Optional<FlowRun> run = find(tx, lock, id);
      run.ifPresent(found -> change.apply(tx, found));
      return run.flatMap(_ -> find(tx, "id = :value", id)).map(FlowRun::state);
    });
  }

  /// Deletes a run with its subflows, tasks, logs and artifacts, unless somebody holds it.
  ///
  /// @return whether it is gone
  public boolean delete(String id) {
    return database.write(tx ->
        tx.update(
                    """
                    DELETE FROM flow_run WHERE (id = :run OR root = :run)
                      AND state_type NOT IN ('PENDING', 'RUNNING', 'CANCELLING')
                    """)
                .bind("run", id)
                .execute()
            > 0);
  }

  /// Runs that the filter lets through, newest first.
  public List<FlowRun> list(RunFilter filter, Page page) {
    return database.read(tx -> FlowRunList.of(tx, filter, page));
  }

  private static @Nullable Long micros(@Nullable Instant at) {
    return at == null ? null : Tx.micros(at);
  }
}
