package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// An open transaction: its statements, and the time it happens at. For one thread.
final class Tx {
  private final SqlConnection connection;
  private final LongSupplier clock;
  private final Map<Lease, Integer> held = new HashMap<>();
  private final TaskMoves moves = new TaskMoves();
  private final RunMoves runs = new RunMoves();
  private final Histories histories = new Histories();
  private final List<RunLogs.Line> lines = new ArrayList<>();
  private final Map<String, Long> sent = new HashMap<>();
  private final Set<String> topics = new LinkedHashSet<>();
  private long now;

  /// @param clock asked once, when the time is first needed
  Tx(SqlConnection connection, LongSupplier clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Update update(String sql) {
    writeMovesFor(sql);
    return connection.update(sql);
  }

  Query query(String sql) {
    writeMovesFor(sql);
    return connection.query(sql);
  }

  Batch batch(String sql) {
    writeMovesFor(sql);
    return connection.batch(sql);
  }

  SqlConnection connection() {
    return connection;
  }

  Dialect dialect() {
    return connection.dialect();
  }

  /// The time by the clock of the store, in microseconds since 1970: the same for all processes,
  /// whatever their own clocks say.
  long now() {
    if (now == 0) {
      now = clock.getAsLong();
    }
    return now;
  }

  long in(Duration delay) {
    return now() + micros(delay);
  }

  /// Refuses the writes of a process whose run was taken by another. The run cannot be taken until
  /// this transaction ends.
  ///
  /// @return how often in a row the run, or the outermost one, was lost without progress
  /// @throws Fenced when the lease is no longer the run's
  int require(Lease lease) {
    Integer before = held.get(lease);
    if (before != null) {
      return before;
    }
    int crashes =
        query(
                """
                SELECT coalesce((SELECT crashes FROM flow_run outermost
                    WHERE outermost.id = flow_run.root), crashes)
                FROM flow_run WHERE id = :run AND fence = :fence AND lease_owner = :owner
                """
                    + dialect().hold())
            .bind("run", lease.run())
            .bind("fence", lease.fence())
            .bind("owner", lease.owner())
            .integers()
            .findOne()
            .orElseThrow(() -> new Fenced(lease));
    held.put(lease, crashes);
    return crashes;
  }

  /// To be called by whoever changes a fence, an owner or a count of crashes: what was found out
  /// about leases in this transaction, which other writes may share, does not hold any more.
  void leasesChanged() {
    held.clear();
  }

  /// Notes a state that a run came to, for its history: written at the end of the transaction, for
  /// all runs together.
  void entered(Histories.Of of, String id, StateName state, String message) {
    histories.add(of, id, state, now(), message);
  }

  /// Moves a task run to a state: written at the end of the transaction, for all task runs
  /// together, or before a statement that is to see it.
  void moved(TaskRuns.TaskMove move) {
    moves.add(move, now());
    histories.add(move.key(), move.state(), now(), move.message());
  }

  /// Begins and completes flow runs, at the end of the transaction.
  RunMoves runs() {
    return runs;
  }

  /// Notes lines of the logs of runs: written at the end of the transaction, for all runs together.
  void logged(List<RunLogs.Line> logged) {
    lines.addAll(logged);
  }

  /// Whether a write comes for the first time. Its sender's others wait until this transaction
  /// ends.
  boolean isFirst(Sent write) {
    long last = sent.computeIfAbsent(write.sender(), this::lastOf);
    if (write.number() <= last) {
      return false;
    }
    sent.put(write.sender(), write.number());
    return true;
  }

  private long lastOf(String sender) {
    return query(
            """
            INSERT INTO writer (id, commits, at) VALUES (:sender, 0, :now)
            ON CONFLICT (id) DO UPDATE SET at = excluded.at RETURNING commits
            """)
        .bind("sender", sender)
        .bind("now", now())
        .longs()
        .one();
  }

  private void writeSent() {
    sent.forEach((sender, last) ->
        update("UPDATE writer SET commits = :last WHERE id = :sender")
            .bind("last", last)
            .bind("sender", sender)
            .execute());
  }

  private void writeMovesFor(String sql) {
    if (moves.seenBy(sql)) {
      moves.write(connection);
    }
  }

  /// Wakes those who wait for a topic, once this transaction has committed.
  void wake(String topic) {
    topics.add(topic);
  }

  Collection<String> topics() {
    return Collections.unmodifiableSet(topics);
  }

  /// Writes what was kept back for the end of the transaction.
  void flush() {
    moves.write(connection);
    runs.write(this);
    SqlRunLogs.write(connection, lines);
    histories.write(connection);
    writeSent();
    if (dialect() == Dialect.POSTGRESQL) {
      for (String topic : topics) {
        query("SELECT 1 FROM pg_notify(:channel, :topic)")
            .bind("channel", Topics.CHANNEL)
            .bind("topic", topic)
            .integers()
            .one();
      }
    }
  }

  static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
