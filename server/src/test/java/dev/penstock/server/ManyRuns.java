package dev.penstock.server;

import dev.penstock.flow.store.StoreUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/// A history of a store as a busy month leaves it, written by SQL.
///
/// @param runs of the last 30 days, of 50 flows; one of 101 has failed
/// @param lines of their logs, an even share for each; those of one more run are 20,000
/// @param deployment whose runs half of them are
record ManyRuns(int runs, int lines, String deployment) {
  private static final long MONTH = Duration.ofDays(30).toSeconds() * 1_000_000;
  private static final int LONG_LOG = 20_000;

  /// The id of the run of a number, from 1 on.
  static String id(int number) {
    return "f" + (100_000_000 + number) + "-0000-7000-8000-0000000000";
  }

  /// Writes it.
  ///
  /// @param longLog the run with the long log
  void fill(StoreUrl url, String longLog) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url.value());
        Statement statement = connection.createStatement()) {
      boolean postgres = url.value().startsWith("jdbc:postgresql:");
      if (postgres) {
        statement.execute("SET session_replication_role = replica"); // what refers to runs is right
      }
      long now = Instant.now().getEpochSecond() * 1_000_000;
      statement.execute(flowRuns(now - MONTH));
      statement.execute(
          """
          INSERT INTO task_run (id, flow_run, generation, path, name, task, tags, state_type,
            state_name, state_at, state_message, attempt, created_at, started_at, ended_at)
          SELECT 't' || id || k, id, 0, '00000' || k, 'load-' || k, 'load', '[]', state_type,
            state_name, state_at, '', 1, created_at, started_at, ended_at
          FROM flow_run, (SELECT 0 AS k UNION ALL SELECT 1) AS two WHERE flow LIKE 'flow-%'
          """);
      statement.execute(
          """
          INSERT INTO flow_run_tag (tag, flow_run)
          SELECT 'team-' || (created_at % 100), id FROM flow_run WHERE flow LIKE 'flow-%'
          """);
      statement.execute(
          """
          INSERT INTO event (occurred_at, name, resource, resource_id, payload, evaluated)
          SELECT ended_at, 'penstock.flow-run.' || state_name, 'flow-run', id,
            '{"flow":"' || flow || '","name":"' || name || '"}', 1
          FROM flow_run WHERE flow LIKE 'flow-%' ORDER BY ended_at
          """);
      int each = Math.max(1, lines / runs);
      statement.execute(
          numbers(runs)
              + """
              INSERT INTO log (flow_run, at, level, logger, text)
              SELECT 'f' || (100000000 + i) || '-0000-7000-8000-0000000000',
                %d + i * %d + k, 'INFO', 'load',
                'a line of some length, as they come, number ' || k
              FROM n, m
              """
                  .formatted(now - MONTH, MONTH / runs)
                  .replace("FROM n, m", "FROM n, (" + upTo(each) + ") AS m"));
      statement.execute(
          numbers(LONG_LOG)
              + "INSERT INTO log (flow_run, at, level, logger, text) SELECT '"
              + longLog
              + "', "
              + now
              + " + i, 'INFO', 'load', 'line ' || i || ' of a long log' FROM n");
      if (postgres) {
        statement.execute("VACUUM ANALYZE"); // as the server does by itself, some time later
      }
    }
  }

  /// The numbers from 1 on, as a table `n (i)` in front of a statement.
  private static String numbers(int most) {
    return "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i"
        + " < "
        + most
        + ") ";
  }

  private static String upTo(int most) {
    StringBuilder all = new StringBuilder("SELECT 1 AS k");
    for (int k = 2; k <= most; k++) {
      all.append(" UNION ALL SELECT ").append(k);
    }
    return all.toString();
  }

  private String flowRuns(long begin) {
    return numbers(runs)
        + """
        INSERT INTO flow_run (id, name, flow, deployment, pool, queue, priority, parameters, tags,
          state_type, state_name, state_at, state_message, due_at, attempt, crashes, generation,
          fence, created_at, started_at, ended_at)
        SELECT 'f' || (100000000 + i) || '-0000-7000-8000-0000000000', 'quiet-otter-' || i,
          'flow-' || (i %% 50),
          CASE WHEN i %% 2 = 0 THEN '%s' END, 'default', 'default', 0, '{"month": "2026-03"}',
          '["nightly"]',
          CASE WHEN i %% 101 = 0 THEN 'FAILED' ELSE 'COMPLETED' END,
          CASE WHEN i %% 101 = 0 THEN 'Failed' ELSE 'Completed' END,
          at + 1000000 * (i %% 90), '', at, 1, 0, 0, 1, at, at, at + 1000000 * (i %% 90)
        FROM (SELECT i, %d + i * %d AS at FROM n) AS made
        """
            .formatted(deployment, begin, MONTH / runs);
  }
}
