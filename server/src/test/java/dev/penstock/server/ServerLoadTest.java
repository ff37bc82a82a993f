package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.RunLogs;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What a server bears, told in figures: `./mvnw -pl server -am test -Dtest=ServerLoadTest
/// -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.long=true`. Smaller by
/// `-Dpenstock.load.viewers`, `.rate` (runs per second), `.seconds` and `.history` (runs that there
/// are).
@EnabledIfSystemProperty(named = "penstock.long", matches = "true")
class ServerLoadTest {
  private static final int VIEWERS = Integer.getInteger("penstock.load.viewers", 200);
  private static final int RATE = Integer.getInteger("penstock.load.rate", 100);
  private static final int SECONDS = Integer.getInteger("penstock.load.seconds", 30);
  private static final int HISTORY = Integer.getInteger("penstock.load.history", 100_000);

  private static final Duration LEASE = Duration.ofMinutes(30);
  private static final Pattern NUMBER = Pattern.compile("number (\\d+) of the log");
  private static final int REQUESTS = 50;
  private static final long GROWN = 200L << 20;
  private static final double SLOWEST_MILLIS = 1000;

  @TempDir private Path directory;

  /// A line of the watched run for each run that finishes.
  @Test
  void viewersSeeEachLineOnceAndInOrderWhileRunsFinish() throws Exception {
    try (Town town = new Town(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Lease watched = begin(town, "watched");
      List<Future<List<Integer>>> viewers = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(threads.submit(() -> watch(town, watched.run())));
      }
      long before = heap();
      long began = System.nanoTime();
      int lines = RATE * SECONDS;
      for (int i = 0; i < lines; i++) {
        Lease run = begin(town, "load-" + i);
        town.store.flowRuns().move(run, StateName.COMPLETED, FlowRuns.Outcome.message(""));
        log(town, watched.run(), i);
        LockSupport.parkNanos(began + TimeUnit.SECONDS.toNanos(i + 1L) / RATE - System.nanoTime());
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      long grown = heap() - before;
      town.store.flowRuns().move(watched, StateName.COMPLETED, FlowRuns.Outcome.message(""));
      for (Future<List<Integer>> viewer : viewers) {
        List<Integer> seen = viewer.get(5, TimeUnit.MINUTES);
        assertThat(seen).hasSize(lines).isSorted().doesNotHaveDuplicates();
      }
      IO.println(
          "%d viewers, %.0f runs/s: %,d lines each, without gap or repeat; heap %+d MB"
              .formatted(VIEWERS, lines / seconds, lines, grown >> 20));
      assertThat(grown).isLessThan(GROWN);
    }
  }

  private static Lease begin(Town town, String id) {
    town.store
        .flowRuns()
        .create(
            new NewFlowRun(
                id,
                id,
                FlowRun.Origin.here("Load", null, null),
                FlowRun.Call.of("{}", List.of()),
                null));
    Lease lease = town.store.flowRuns().take(id, "load", LEASE).orElseThrow().lease();
    town.store.flowRuns().begin(lease, "v1");
    return lease;
  }

  private static void log(Town town, String run, int number) {
    town.store
        .logs()
        .appendSoon(
            List.of(
                new RunLogs.Line(
                    0,
                    run,
                    null,
                    Instant.now(),
                    "INFO",
                    "load",
                    "number " + number + " of the log")));
  }

  /// The numbers of the lines that a viewer is told, until the run is over.
  private static List<Integer> watch(Town town, String run) throws Exception {
    List<Integer> seen = new ArrayList<>();
    HttpResponse<Stream<String>> answer =
        town.client()
            .send(
                town.to("/runs/" + run + "/events").GET().build(),
                HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      lines.forEach(line -> {
        Matcher number = NUMBER.matcher(line);
        while (number.find()) {
          seen.add(Integer.parseInt(number.group(1)));
        }
      });
    }
    return seen;
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void pagesAreQuickOverManyRuns() throws Exception {
    try (Town town = new Town(directory)) {
      String run = town.run("ingest", "{\"rows\": 1500}").run();
      String deployment = town.deploy().id();
      fill();
      for (String page :
          List.of(
              "/",
              "/?within=7d",
              "/runs",
              "/runs?within=all",
              "/runs?within=all&state=Failed",
              "/runs/" + run,
              "/flows",
              "/deployments",
              "/deployments/" + deployment,
              "/work-pools",
              "/concurrency",
              "/automations",
              "/events",
              "/api/v1/flow-runs?limit=200")) {
        double slow = p95(town, page);
        IO.println(
            "p95 %6.1f ms  %s".formatted(slow, page.replace(run, "ID").replace(deployment, "ID")));
        assertThat(slow).as(page).isLessThan(SLOWEST_MILLIS);
      }
    }
  }

  private static double p95(Town town, String page) {
    double[] millis = new double[REQUESTS];
    for (int i = -REQUESTS / 5; i < REQUESTS; i++) { // the first ones are not counted
      long began = System.nanoTime();
      HttpResponse<String> answer = town.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      millis[Math.max(0, i)] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return millis[(int) (REQUESTS * 0.95)];
  }

  /// Runs of the last 30 days, of ten flows; one of a hundred has failed.
  private void fill() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("penstock.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO flow_run (id, name, flow, priority, parameters, tags, state_type, state_name,
            state_at, state_message, due_at, attempt, crashes, generation, fence, created_at,
            started_at, ended_at)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d),
            t (i, at) AS (SELECT i, (unixepoch() - 2592000 + i * 2592000 / %d) * 1000000 FROM n)
          SELECT 'f' || i, 'run-' || i, 'flow-' || (i %% 10), 0, '{}', '[]',
            CASE WHEN i %% 100 = 0 THEN 'FAILED' ELSE 'COMPLETED' END,
            CASE WHEN i %% 100 = 0 THEN 'Failed' ELSE 'Completed' END,
            at, '', at, 1, 0, 0, 1, at, at, at + 1000000 * (i %% 90)
          FROM t
          """
              .formatted(HISTORY, HISTORY));
    }
  }
}
