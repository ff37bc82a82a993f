package dev.penstock.flow.store;

import static java.util.stream.Collectors.joining;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The SQL of [RunSearch].
final class SqlRunSearch implements RunSearch {
  /// Follows the hexadecimal digits and the hyphens of ids, in the order of any language.
  private static final String AFTER_ALL = "z";

  /// The names of flows, from one to the next by the index: there are few, and many runs.
  private static final String KNOWN =
      """
      WITH RECURSIVE known (flow) AS (
        SELECT min(flow) FROM flow_run
        UNION ALL
        SELECT (SELECT min(r.flow) FROM flow_run r WHERE r.flow > known.flow) FROM known
        WHERE known.flow IS NOT NULL)
      """;

  private final Database database;

  SqlRunSearch(Database database) {
    this.database = database;
  }

  @Override
  public List<FlowRun> flowRuns(String word, int atMost) {
    return database.read(tx ->
        tx.query(
                """
                SELECT * FROM flow_run
                WHERE name = :word
                  OR id >= :word AND id < :end AND substr(id, 1, :length) = :word
                ORDER BY created_at DESC, id DESC LIMIT :most
                """)
            .bind("word", word)
            .bind("end", word + AFTER_ALL)
            .bind("length", word.length())
            .bind("most", atMost)
            .map(FlowRunRow::read)
            .list());
  }

  @Override
  public List<FlowRun> abandoned(int atMost) {
    return database.read(tx ->
        tx.query(
                """
                SELECT * FROM flow_run WHERE lease_until < :now AND root IS NULL
                  AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                ORDER BY lease_until LIMIT :most
                """)
            .bind("now", tx.now())
            .bind("most", atMost)
            .map(FlowRunRow::read)
            .list());
  }

  @Override
  public List<Waiting> waiting() {
    return database.read(tx ->
        tx.query(
                """
                SELECT pool, queue, count(*) AS runs FROM flow_run
                WHERE state_type = 'SCHEDULED' AND pool IS NOT NULL AND due_at <= :now
                GROUP BY pool, queue ORDER BY pool, queue
                """)
            .bind("now", tx.now())
            .map(row ->
                new Waiting(row.getString("pool"), row.getString("queue"), row.getLong("runs")))
            .list());
  }

  @Override
  public List<RunningPipeline> pipelines() {
    return database.read(SqlRunSearch::pipelines);
  }

  static List<RunningPipeline> pipelines(Tx tx) {
    return tx.query(
            """
            SELECT r.*, t.id AS task_id, t.name AS task_name, t.summary FROM flow_run r
            JOIN task_run t ON t.flow_run = r.id AND t.generation = r.generation
            WHERE r.state_name IN ('Running', 'Retrying') AND t.state_type = 'RUNNING'
              AND t.summary IS NOT NULL
            ORDER BY r.id, t.path
            """)
        .map(row ->
            new RunningPipeline(
                row.getString("task_id"),
                row.getString("task_name"),
                row.getString("summary"),
                FlowRunRow.read(row)))
        .list();
  }

  @Override
  public Map<String, Integer> late() {
    return database.read(tx -> {
      Map<String, Integer> late = new LinkedHashMap<>();
      tx.query(
              """
              SELECT pool, count(*) AS runs FROM flow_run
              WHERE state_name = 'Late' AND state_type = 'SCHEDULED' AND pool IS NOT NULL
              GROUP BY pool ORDER BY pool
              """)
          .map(row -> Map.entry(row.getString("pool"), row.getInt("runs")))
          .forEach(entry -> late.put(entry.getKey(), entry.getValue()));
      return late;
    });
  }

  @Override
  public List<TaskRun> taskRuns(String word, int atMost) {
    return database.read(tx ->
        tx.query(
                """
                SELECT * FROM task_run
                WHERE id >= :word AND id < :end AND substr(id, 1, :length) = :word
                ORDER BY id DESC LIMIT :most
                """)
            .bind("word", word)
            .bind("end", word + AFTER_ALL)
            .bind("length", word.length())
            .bind("most", atMost)
            .map(SqlTaskRuns::read)
            .list());
  }

  @Override
  public List<TaskRun> newestTaskRuns(
      @Nullable String flowRun, @Nullable StateName state, int atMost) {
    String ofRun =
        """
        AND flow_run = :run
        AND generation = (SELECT generation FROM flow_run WHERE id = :run)
        """;
    return database.read(tx -> {
      var query =
          tx.query(
                  "SELECT * FROM task_run WHERE 1 = 1 "
                      + (flowRun == null ? "" : ofRun)
                      + (state == null ? "" : "AND state_name = :state ")
                      + "ORDER BY id DESC LIMIT :most")
              .bind("most", atMost);
      if (flowRun != null) {
        query.bind("run", flowRun);
      }
      if (state != null) {
        query.bind("state", state.title());
      }
      return query.map(SqlTaskRuns::read).list();
    });
  }

  @Override
  public Map<StateName, Integer> taskStates(String flowRun) {
    return database.read(tx -> {
      Map<StateName, Integer> counts = new LinkedHashMap<>();
      tx.query(
              """
              SELECT state_name, count(*) AS tasks FROM task_run
              WHERE flow_run = :run
                AND generation = (SELECT generation FROM flow_run WHERE id = :run)
              GROUP BY state_name ORDER BY state_name
              """)
          .bind("run", flowRun)
          .map(row -> Map.entry(StateName.of(row.getString("state_name")), row.getInt("tasks")))
          .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
      return counts;
    });
  }

  @Override
  public List<FlowRuns.Ended> taskRunsEnded(Instant since, Duration width) {
    return database.read(tx ->
        tx.query(
                """
                SELECT state_type, (ended_at - :since) / :width AS slot, count(*) AS runs
                FROM task_run WHERE ended_at >= :since AND ended_at IS NOT NULL
                GROUP BY 1, 2 ORDER BY 2, 1
                """)
            .bind("since", Tx.micros(since))
            .bind("width", Tx.micros(width))
            .map(row ->
                new FlowRuns.Ended(
                    StateType.valueOf(row.getString("state_type")),
                    row.getInt("slot"),
                    row.getLong("runs")))
            .list());
  }

  @Override
  public List<Instant> completed(String deployment, List<Instant> ticks) {
    if (ticks.isEmpty()) {
      return List.of();
    }
    String places =
        IntStream.range(0, ticks.size()).mapToObj(i -> ":tick" + i).collect(joining(", "));
    return database.read(tx -> {
      Query query =
          tx.query(
                  """
                  SELECT DISTINCT interval_to FROM flow_run
                  WHERE deployment = :deployment AND state_type = 'COMPLETED'
                    AND interval_to IN (\
                  """
                      + places
                      + ") ORDER BY interval_to")
              .bind("deployment", deployment);
      for (int i = 0; i < ticks.size(); i++) {
        query.bind("tick" + i, Tx.micros(ticks.get(i)));
      }
      return query.map(row -> Tx.instant(row.getLong("interval_to"))).list();
    });
  }

  /// `NOT EXISTS` would say the same; PostgreSQL then reads all runs there are, to join with them.
  @Override
  public List<FlowRun> unfollowed(List<StateName> states, Instant since, int look) {
    FlowRunList list =
        new FlowRunList()
            .conditions(
                new RunFilter(List.of(), List.of(), states, List.of(), null, null, since, null));
    return database.read(tx ->
        list.query(
                tx,
                "SELECT * FROM (SELECT * FROM flow_run WHERE parent IS NULL"
                    + list.conditions()
                    + FlowRunList.ORDER
                    + look
                    + """
                    ) r WHERE (
                      SELECT 1 FROM flow_run n WHERE n.flow = r.flow AND n.created_at >= r.created_at
                        AND (n.created_at, n.id) > (r.created_at, r.id)
                        AND (n.deployment = r.deployment
                          OR n.deployment IS NULL AND r.deployment IS NULL)
                      LIMIT 1) IS NULL
                    ORDER BY created_at DESC, id DESC
                    """)
            .map(FlowRunRow::read)
            .list());
  }

  @Override
  public List<String> flowNames() {
    return database.read(tx ->
        tx.query(KNOWN + "SELECT flow FROM known WHERE flow IS NOT NULL ORDER BY flow")
            .texts()
            .list());
  }

  @Override
  public List<KnownFlow> flows(int atMost) {
    return database.read(tx ->
        tx.query(
                KNOWN
                    + """
                    SELECT f.*, counted.runs FROM (
                      SELECT flow,
                        (SELECT count(*) FROM (
                          SELECT 1 FROM flow_run r WHERE r.flow = known.flow LIMIT :most) few) AS runs,
                        (SELECT r.id FROM flow_run r WHERE r.flow = known.flow
                          ORDER BY r.created_at DESC, r.id DESC LIMIT 1) AS newest
                      FROM known WHERE flow IS NOT NULL) counted
                    JOIN flow_run f ON f.id = counted.newest ORDER BY counted.flow
                    """)
            .bind("most", atMost)
            .map(row -> {
              FlowRun last = FlowRunRow.read(row);
              long runs = row.getLong("runs");
              return new KnownFlow(
                  last.origin().flow(), new FlowRuns.Counted(runs, runs >= atMost), last);
            })
            .list());
  }
}
