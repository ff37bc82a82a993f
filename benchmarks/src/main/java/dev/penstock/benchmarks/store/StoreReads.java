package dev.penstock.benchmarks.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// What lists and filters cost in a store of many flow runs: `StoreReads sqlite|postgres RUNS`.
public final class StoreReads {
  private static final int ROUNDS = 100;
  private static final int LINES = 20_000;

  private final Store store;
  private final Map<String, long[]> nanos = new TreeMap<>();

  private StoreReads(Store store) {
    this.store = store;
  }

  public static void main(String[] args) throws Exception {
    boolean sqlite = args[0].equals("sqlite");
    int runs = Integer.parseInt(args[1]);
    Path file = Path.of("benchmarks/target/store.db");
    if (sqlite) {
      for (String end : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + end));
      }
    }
    StoreUrl url = sqlite ? StoreUrl.file(file) : new StoreUrl(Postgres.newDatabase("store"));
    try (Store store = Store.open(url)) {
      long begun = System.nanoTime();
      fill(url, sqlite, runs);
      System.out.printf(
          Locale.ROOT, "%,d runs made in %.0f s%n", runs, (System.nanoTime() - begun) / 1e9);
      new StoreReads(store).run(args[0], runs);
    }
  }

  /// Runs of 50 flows and 200 deployments, one in a hundred failed, a tag for each and one for all.
  private static void fill(StoreUrl url, boolean sqlite, int runs) throws SQLException {
    String numbers =
        sqlite
            ? "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                + " SELECT i FROM n)"
            : "(SELECT i FROM generate_series(1, %d) AS n (i))";
    String id = sqlite ? "printf('%08d', i)" : "lpad(i::text, 8, '0')";
    try (Connection connection = DriverManager.getConnection(url.value());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO flow_run (id, name, flow, deployment, pool, queue, priority, parameters, tags,
            state_type, state_name, state_at, state_message, due_at, attempt, crashes, generation,
            fence, created_at, started_at, ended_at)
          SELECT ID, 'quiet-otter-' || i, 'flow-' || (i % 50), 'deployment-' || (i % 200), 'pool',
            'default', 0, '{"month": "2026-03"}', '["nightly"]',
            CASE WHEN i % 100 = 0 THEN 'FAILED' ELSE 'COMPLETED' END,
            CASE WHEN i % 100 = 0 THEN 'Failed' ELSE 'Completed' END,
            i * 1000000, '', i * 1000000, 1, 0, 0, 1, i * 1000000, i * 1000000, i * 1000000
          FROM NUMBERS AS made
          """
              .replace("ID", id)
              .replace("NUMBERS", numbers.formatted(runs))
              .replace("i * 1000000", sqlite ? "i * 1000000" : "i::bigint * 1000000"));
      statement.execute(
          ("INSERT INTO flow_run_tag (tag, flow_run) SELECT 'team-' || (i % 1000), ID FROM NUMBERS"
                  + " AS made")
              .replace("ID", id)
              .replace("NUMBERS", numbers.formatted(runs)));
      statement.execute(
          ("INSERT INTO log (flow_run, at, level, logger, text) SELECT '00000500', i, 'INFO', 'l',"
                  + " 'a line of some length, as they come ' || i FROM NUMBERS AS made")
              .replace("NUMBERS", numbers.formatted(LINES)));
      statement.execute("ANALYZE");
    }
  }

  private void run(String database, int runs) throws Exception {
    String middle = "%08d".formatted(runs / 2);
    time("the newest 50", () -> store.flowRuns().list(RunFilter.ALL, Page.first(50)));
    time("50 from the middle", () -> store.flowRuns().list(RunFilter.ALL, new Page(middle, 50)));
    time("of one flow", filtered(List.of("flow-7"), List.of(), List.of()));
    time("failed", filtered(List.of(), List.of(StateName.FAILED), List.of()));
    time("failed of one flow", filtered(List.of("flow-0"), List.of(StateName.FAILED), List.of()));
    time(
        "crashed, of which there are none",
        filtered(List.of(), List.of(StateName.CRASHED), List.of()));
    time("with a tag", filtered(List.of(), List.of(), List.of("team-77")));
    time("with a text that is common", searched("otter"));
    time(
        "how many are in each state, up to 10,000",
        () -> List.copyOf(store.flowRuns().states(RunFilter.ALL, 10_000).entrySet()));
    time(
        "how many are in each state",
        () -> List.copyOf(store.flowRuns().states(RunFilter.ALL, Integer.MAX_VALUE).entrySet()));
    time("with a text that is nowhere, in 50,000 runs", searched("walrus"));
    time("one by id", () -> List.of(store.flowRuns().find(middle).orElseThrow()));
    time("200 lines of a log", () -> store.logs().of("00000500", LINES / 2, 200));
    System.out.printf("%n| %s, %,d runs | p50 | p95 | max |%n|---|--:|--:|--:|%n", database, runs);
    nanos.forEach((what, times) -> {
      Arrays.sort(times);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f ms | %.1f ms | %.1f ms |%n",
          what,
          times[ROUNDS / 2] / 1e6,
          times[ROUNDS * 95 / 100] / 1e6,
          times[ROUNDS - 1] / 1e6);
    });
  }

  private Callable<List<FlowRun>> filtered(
      List<String> flows, List<StateName> states, List<String> tags) {
    RunFilter filter = new RunFilter(flows, List.of(), states, tags, null, null, null, null);
    return () -> store.flowRuns().list(filter, Page.first(50));
  }

  private Callable<List<FlowRun>> searched(String text) {
    RunFilter filter =
        new RunFilter(List.of(), List.of(), List.of(), List.of(), text, null, null, null);
    return () -> store.flowRuns().search(filter, Page.first(50), FoundRuns.LOOK).runs();
  }

  private void time(String what, Callable<? extends List<?>> work) throws Exception {
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      work.call();
      times[i] = System.nanoTime() - begun;
      if (times[i] > 1_000_000_000L && i == 4) { // it will not get better
        times = Arrays.copyOf(times, ROUNDS);
        Arrays.fill(times, 5, ROUNDS, times[i]);
        break;
      }
    }
    nanos.put(what, times);
  }
}
