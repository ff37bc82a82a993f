package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.StoredLetter.Cause;
import dev.penstock.flow.store.StoredLetter.Content;
import dev.penstock.flow.store.StoredLetter.Draft;
import dev.penstock.flow.store.StoredLetter.Replay;
import dev.penstock.pipeline.plan.SourcePosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of [DeadLetters].
final class SqlDeadLetters implements DeadLetters {
  private final Database database;

  SqlDeadLetters(Database database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Void> keepSoon(Lease lease, Draft letter) {
    return database.submit(tx -> {
      tx.require(lease);
      return tx.update(
              """
              INSERT INTO dead_letter (flow_run, task_run, step, number, attempts, error, message,
                trace, record, value, refusal, split, place, state, at)
              VALUES (:run, :task, :step, :number, :attempts, :error, :message,
                :trace, :record, :value, :refusal, :split, :place, 'KEPT', :now)
              """)
          .bind("run", lease.run())
          .bind("task", letter.taskRun())
          .bind("step", letter.step())
          .bind("number", letter.number())
          .bind("attempts", letter.attempts())
          .bind("error", letter.cause().error())
          .bind("message", letter.cause().message())
          .bind("trace", letter.cause().trace())
          .bind("record", letter.content().text())
          .bind("value", letter.content().value())
          .bind("refusal", letter.content().refusal())
          .bind("split", letter.position() == null ? null : letter.position().split())
          .bind("place", letter.position() == null ? null : letter.position().place())
          .bind("now", tx.now())
          .execute();
    });
  }

  @Override
  public List<StoredLetter> of(String flowRun, long after, int atMost) {
    return database.read(tx ->
        tx.query(
                """
                SELECT * FROM dead_letter WHERE flow_run = :run AND id > :after
                ORDER BY id LIMIT :most
                """)
            .bind("run", flowRun)
            .bind("after", after)
            .bind("most", atMost)
            .map(SqlDeadLetters::read)
            .list());
  }

  @Override
  public Map<String, Long> errors(String flowRun) {
    return database.read(tx -> {
      Map<String, Long> errors = new LinkedHashMap<>();
      tx.query(
              """
              SELECT error, count(*) AS letters FROM dead_letter WHERE flow_run = :run
              GROUP BY error ORDER BY 2 DESC, 1
              """)
          .bind("run", flowRun)
          .map(row -> Map.entry(row.getString("error"), row.getLong("letters")))
          .forEach(entry -> errors.put(entry.getKey(), entry.getValue()));
      return errors;
    });
  }

  @Override
  public void replay(String flowRun, Collection<Long> ids) {
    database.write(tx -> {
      FlowRun run =
          SqlFlowRuns.held(tx, flowRun)
              .orElseThrow(() -> new ReplayRefused("there is no run " + flowRun));
      if (run.call().root() != null) {
        throw new ReplayRefused(
            "run " + run.name() + " is part of another, which alone can be run again");
      }
      if (!run.state().type().isFinal()) {
        throw new ReplayRefused(
            "run " + run.name() + " is " + run.state().name().title() + ": wait until it is over");
      }
      String task = task(tx, run, letters(tx, flowRun, ids));
      for (long id : Set.copyOf(ids)) {
        tx.update("UPDATE dead_letter SET state = 'ASKED' WHERE id = :id").bind("id", id).execute();
      }
      again(tx, task);
      ByHand.retry(tx, run, false);
      return null;
    });
  }

  private static List<StoredLetter> letters(Tx tx, String flowRun, Collection<Long> ids) {
    if (ids.isEmpty()) {
      throw new ReplayRefused("select at least one record");
    }
    List<StoredLetter> letters = new ArrayList<>();
    for (long id : Set.copyOf(ids)) {
      StoredLetter letter =
          tx.query("SELECT * FROM dead_letter WHERE flow_run = :run AND id = :id")
              .bind("run", flowRun)
              .bind("id", id)
              .map(SqlDeadLetters::read)
              .findOne()
              .orElseThrow(() -> new ReplayRefused("this run has no dead letter " + id));
      if (!letter.replayable()) {
        String refusal = letter.letter().content().refusal();
        throw new ReplayRefused(
            "record "
                + letter.letter().number()
                + " cannot be replayed: "
                + (refusal == null ? "it was already" : refusal));
      }
      letters.add(letter);
    }
    return letters;
  }

  /// The task run that they are all of.
  private static String task(Tx tx, FlowRun run, List<StoredLetter> letters) {
    Set<List<String>> places =
        letters.stream()
            .map(each -> List.of(each.letter().taskRun(), each.letter().step()))
            .collect(Collectors.toSet());
    if (places.size() > 1) {
      throw new ReplayRefused(
          "these records were given up by several steps: replay those of one after the other");
    }
    String id = letters.getFirst().letter().taskRun();
    TaskRun task =
        tx.query("SELECT * FROM task_run WHERE id = :id AND generation = :generation")
            .bind("id", id)
            .bind("generation", run.generation())
            .map(SqlTaskRuns::read)
            .findOne()
            .orElseThrow(() ->
                new ReplayRefused(
                    "the run has been run again from its start since: these records were"
                        + " given up before"));
    if (task.state().type() != StateType.COMPLETED) {
      throw new ReplayRefused(
          "task "
              + task.key().name()
              + " is "
              + task.state().name().title()
              + ": retry the run, so that it completes, and replay afterwards");
    }
    return id;
  }

  private static void again(Tx tx, String task) {
    tx.update(
            """
            UPDATE task_run SET state_type = 'SCHEDULED', state_name = 'AwaitingRetry',
              state_at = :now, state_message = '', ended_at = NULL
            WHERE id = :id
            """)
        .bind("now", tx.now())
        .bind("id", task)
        .execute();
    tx.entered(Histories.Of.TASK_RUN, task, StateName.AWAITING_RETRY, "replays dead letters");
  }

  @Override
  public List<StoredLetter> asked(String taskRun) {
    return database.read(tx ->
        tx.query("SELECT * FROM dead_letter WHERE task_run = :task AND state = 'ASKED' ORDER BY id")
            .bind("task", taskRun)
            .map(SqlDeadLetters::read)
            .list());
  }

  @Override
  public void replayed(Lease lease, String taskRun) {
    database.write(tx -> {
      tx.require(lease);
      return tx.update(
              """
              UPDATE dead_letter SET state = 'REPLAYED' WHERE task_run = :task AND state = 'ASKED'
              """)
          .bind("task", taskRun)
          .execute();
    });
  }

  private static StoredLetter read(ResultSet row) throws SQLException {
    return new StoredLetter(
        row.getLong("id"),
        row.getString("flow_run"),
        new Draft(
            row.getString("task_run"),
            row.getString("step"),
            row.getLong("number"),
            row.getInt("attempts"),
            new Cause(row.getString("error"), row.getString("message"), row.getString("trace")),
            new Content(row.getString("record"), row.getString("value"), row.getString("refusal")),
            position(row.getString("split"), row.getString("place"))),
        Replay.valueOf(row.getString("state")),
        Tx.instant(row.getLong("at")));
  }

  private static @Nullable SourcePosition position(@Nullable String split, @Nullable String place) {
    return split == null || place == null ? null : new SourcePosition(split, place);
  }
}
