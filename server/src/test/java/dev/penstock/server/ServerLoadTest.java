package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import dev.penstock.flow.Flow;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.Flows;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server bears, told in figures: `./mvnw -pl server -am test -Dtest=ServerLoadTest
/// -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.long=true`. Smaller by
/// `-Dpenstock.load.viewers`, `.rate` (runs per second) and `.seconds`.
@EnabledIfSystemProperty(named = "penstock.long", matches = "true")
class ServerLoadTest {
  private static final int VIEWERS = Integer.getInteger("penstock.load.viewers", 200);
  private static final int RATE = Integer.getInteger("penstock.load.rate", 100);
  private static final int SECONDS = Integer.getInteger("penstock.load.seconds", 30);

  private static final Duration LEASE = Duration.ofMinutes(30);
  private static final Pattern NUMBER = Pattern.compile("number (\\d+) of the log");
  private static final int LINES = 50;
  private static final long GROWN = 200L << 20;

  @TempDir private Path directory;

  /// A line of the watched run for each run that finishes.
  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void viewersSeeEachLineOnceAndInOrderWhileRunsFinish(String database) throws Exception {
    StoreUrl url =
        database.equals("sqlite")
            ? StoreUrl.file(directory.resolve("penstock.db"))
            : new StoreUrl(Postgres.newDatabase("load"));
    try (Town town = new Town(directory, url);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Lease watched = begin(town, "watched");
      List<Future<List<Integer>>> viewers = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(threads.submit(() -> watch(town, watched.run())));
      }
      long before = heap();
      long began = System.nanoTime();
      int lines = RATE * SECONDS;
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        String id = "load-" + i;
        runs.add(threads.submit(() -> complete(town, begin(town, id))));
        log(town, watched.run(), i);
        LockSupport.parkNanos(began + TimeUnit.SECONDS.toNanos(i + 1L) / RATE - System.nanoTime());
      }
      for (Future<?> run : runs) {
        run.get(5, TimeUnit.MINUTES);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      long grown = heap() - before;
      complete(town, watched);
      for (Future<List<Integer>> viewer : viewers) {
        List<Integer> seen = viewer.get(5, TimeUnit.MINUTES);
        assertThat(seen).hasSize(lines).isSorted().doesNotHaveDuplicates();
      }
      IO.println(
          "%s, %d viewers, %.0f runs/s: %,d lines each, without gap or repeat; heap %+d MB"
              .formatted(database, VIEWERS, lines / seconds, lines, grown >> 20));
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

  private static void complete(Town town, Lease run) {
    town.store.flowRuns().move(run, StateName.COMPLETED, FlowRuns.Outcome.message(""));
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

  /// Logs each number that it is given, until one is negative.
  static final class Talk {
    private final BlockingQueue<Integer> given = new LinkedBlockingQueue<>();

    @Flow
    void talk() throws InterruptedException {
      for (int number = given.take(); number >= 0; number = given.take()) {
        Flows.log.info("number " + number + " of the log");
      }
    }
  }

  /// From the call that logs, in a flow, to the screen of whoever looks at the run.
  @Test
  void aLineIsOnTheScreenWithinASecond() throws Exception {
    Talk talk = new Talk();
    try (Town town = new Town(directory);
        RunEngine engine = new RunEngine(town.store, EngineSettings.of("talk", _ -> {}));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        TestBrowser browser = TestBrowser.open(ServerLoadTest.class);
        BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      MethodProgram flow = new MethodProgram(FlowMethods.of(Talk.class).getFirst(), talk);
      Future<?> run =
          threads.submit(() -> engine.runHere(flow, FlowRun.Call.of("{}", List.of()), "talk.java"));
      while (town.store.flowRuns().list(RunFilter.ALL, Page.first(1)).isEmpty()) {
        Thread.sleep(10);
      }
      String id = town.store.flowRuns().list(RunFilter.ALL, Page.first(1)).getFirst().id();
      com.microsoft.playwright.Page page = browser.page(context, town.server.url() + "/runs/" + id);
      double[] millis = new double[LINES];
      for (int i = -LINES / 5; i < LINES; i++) { // the first ones are not counted
        int number = i + LINES;
        Thread.sleep(number * 37 % 500); // at any time between two looks
        long began = System.nanoTime();
        talk.given.put(number);
        page.waitForFunction(
            "text => document.getElementById('log-lines')?.textContent.includes(text)",
            "number " + number + " of the log");
        millis[Math.max(0, i)] = (System.nanoTime() - began) / 1e6;
      }
      talk.given.put(-1);
      run.get(1, TimeUnit.MINUTES);
      Arrays.sort(millis);
      IO.println(
          "a line is on the screen after p50 %.0f ms, at most %.0f ms"
              .formatted(millis[LINES / 2], millis[LINES - 1]));
      assertThat(millis[LINES - 1]).isLessThan(1000);
    }
  }
}
