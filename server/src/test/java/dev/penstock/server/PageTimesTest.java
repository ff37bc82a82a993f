package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.server.web.Route;
import dev.penstock.testkit.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long every page takes over a busy month: on the server, to the browser, and to the start of
/// the server; as `benchmarks/run pages` calls it. Smaller by `-Dpenstock.pages.runs`, `.lines` (of
/// logs), which are a tenth in SQLite, and `.requests` (of each page).
@EnabledIfSystemProperty(named = "penstock.long", matches = "true")
class PageTimesTest {
  private static final int RUNS = Integer.getInteger("penstock.pages.runs", 1_000_000);
  private static final int LINES = Integer.getInteger("penstock.pages.lines", 10_000_000);
  private static final int REQUESTS = Integer.getInteger("penstock.pages.requests", 100);

  private static final double WANTED_MILLIS = 100;
  private static final double WANTED_IN_BROWSER_MILLIS = 1000;
  private static final double WANTED_START_MILLIS = 2000;
  private static final int WANTED_BYTES = 150 << 10;

  private static final int VISITS = 3;
  private static final String INTERACTIVE =
      "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd";
  private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

  /// Those that are no pages: parts of one, and what is told for as long as somebody listens.
  private static final List<String> OTHERS =
      List.of(
          "/assets/{version}/{name}",
          "/login/oidc",
          "/login/oidc/done",
          "/runs/{id}/events",
          "/live/concurrency/events",
          "/live/dashboard/events",
          "/live/events",
          "/live/runs/events",
          "/live/work-pools/events");

  @TempDir private Path directory;
  private final List<String> missed = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void everyPageIsQuickOverABusyMonth(String database) throws Exception {
    boolean sqlite = database.equals("sqlite");
    int part = sqlite ? 10 : 1;
    StoreUrl url =
        sqlite
            ? StoreUrl.file(directory.resolve("penstock.db"))
            : new StoreUrl(Postgres.newDatabase("pages"));
    try (Town town = new Town(directory, url)) {
      Map<String, String> ids = new LinkedHashMap<>();
      ids.put("run", town.run("ingest", "{\"rows\": 1500}").run());
      ids.put("deployment", town.deploy().id());
      town.post("/blocks/webhook", "name=hook&s.url=http%3A%2F%2F127.0.0.1%3A9%2F");
      town.post(
          "/automations", "name=tell&when=state&states=Failed&do1=notify&channel1=webhook/hook");
      long begun = System.nanoTime();
      new ManyRuns(RUNS / part, LINES / part, ids.get("deployment")).fill(url, ids.get("run"));
      IO.println(
          "%n%s: %,d flow runs, %,d log lines, made in %.0f s"
              .formatted(database, RUNS / part, LINES / part, millis(begun) / 1000));
      List<String> pages = pages(town, ids);
      pages.forEach(page -> time(town, page, ids));
      firstLoad(town);
      inBrowser(town, pages, ids);
      start(url);
    }
    assertThat(missed).as(database).isEmpty();
  }

  private static double millis(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static String aMiddleDay() {
    Instant since = Instant.now().minus(Duration.ofDays(15)).truncatedTo(ChronoUnit.DAYS);
    return "since=" + since + "&until=" + since.plus(Duration.ofDays(1));
  }

  /// Each page that there is, and what people ask of those that show many runs.
  private static List<String> pages(Town town, Map<String, String> ids) {
    List<String> pages = new ArrayList<>();
    for (Route route : town.server.routes()) {
      if (route.method().equals("GET")
          && !route.path().startsWith("/api/")
          && !route.path().equals("/flow") // below, by its name
          && !OTHERS.contains(route.path())) {
        pages.add(
            route
                .path()
                .replace("/deployments/{id}", "/deployments/" + ids.get("deployment"))
                .replace("{id}", ids.get("run"))
                .replace("{type}", "webhook")
                .replace("/automations/{name}", "/automations/tell")
                .replace("{name}", "hook"));
      }
    }
    String middle = ManyRuns.id(RUNS / 20);
    String run = "/runs/" + ids.get("run");
    pages.addAll(
        List.of(
            "/?within=1h",
            "/?within=7d",
            "/runs?within=7d",
            "/runs?within=all",
            "/runs?" + aMiddleDay(),
            "/runs?flow=flow-7&state=Failed&" + aMiddleDay(),
            "/runs?within=all&after=" + middle,
            "/runs?within=all&state=Failed",
            "/runs?within=all&state=Crashed",
            "/runs?within=all&flow=flow-7",
            "/runs?within=all&flow=flow-0&state=Failed",
            "/runs?within=all&tag=team-7",
            "/runs?within=all&deployment=" + ids.get("deployment"),
            "/runs?within=all&q=otter",
            "/runs?within=all&q=walrus",
            "/runs/" + middle,
            run + "?view=graph",
            run + "?tab=logs&level=WARNING",
            run + "?tab=logs&q=long",
            run + "?tab=letters",
            run + "?tab=results",
            "/flow?name=flow-7",
            "/flow?name=Ingest%20prices",
            "/events?name=Failed",
            "/events?of=" + middle,
            "/api/v1/flow-runs?limit=200",
            "/api/v1/flow-runs?limit=200&state=Failed&after=" + middle,
            "/api/v1/flow-runs/" + ids.get("run") + "/logs?limit=200",
            "/api/v1/events?limit=200"));
    return pages;
  }

  private void time(Town town, String page, Map<String, String> ids) {
    double[] millis = new double[REQUESTS];
    for (int i = -REQUESTS / 5; i < REQUESTS; i++) { // the first ones are not counted
      long begun = System.nanoTime();
      assertThat(town.get(page).statusCode()).as(page).isEqualTo(200);
      millis[Math.max(0, i)] = millis(begun);
    }
    Arrays.sort(millis);
    double p95 = millis[REQUESTS * 95 / 100];
    tell(
        "p50 %6.1f ms, p95 %6.1f ms  %s".formatted(millis[REQUESTS / 2], p95, shortened(page, ids)),
        p95 <= WANTED_MILLIS || page.endsWith("/log")); // the whole of it, for a file
  }

  private static String shortened(String page, Map<String, String> ids) {
    return page.replace(ids.get("run"), "RUN").replace(ids.get("deployment"), "DEPLOYMENT");
  }

  private void tell(String figure, boolean met) {
    IO.println(met ? figure : figure + "  MISSED");
    if (!met) {
      missed.add(figure);
    }
  }

  /// The first page with all that it loads, as it is sent.
  private void firstLoad(Town town) throws IOException, InterruptedException {
    int page = sent(town, "/");
    int all = page;
    Matcher loaded = LOADED.matcher(town.get("/").body());
    while (loaded.find()) {
      all += sent(town, loaded.group(1));
    }
    tell(
        "first page %,d bytes, with all that it loads %,d".formatted(page, all),
        all <= WANTED_BYTES);
  }

  private static int sent(Town town, String path) throws IOException, InterruptedException {
    return town.client()
        .send(
            town.to(path).header("Accept-Encoding", "gzip").GET().build(),
            BodyHandlers.ofByteArray())
        .body()
        .length;
  }

  /// From the address to a page that answers, with nothing kept from before; the median of visits.
  private void inBrowser(Town town, List<String> pages, Map<String, String> ids) {
    try (TestBrowser browser = TestBrowser.open(PageTimesTest.class)) {
      for (String page : pages) {
        if (page.startsWith("/api/")
            || page.endsWith("/log")
            || page.endsWith("/dead-letters")
            || page.equals("/metrics")) {
          continue;
        }
        double[] millis = new double[VISITS];
        for (int i = 0; i < VISITS; i++) {
          try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
            Object interactive =
                browser.page(context, town.server.url() + page).evaluate(INTERACTIVE);
            millis[i] = ((Number) interactive).doubleValue();
          }
        }
        Arrays.sort(millis);
        double median = millis[VISITS / 2];
        tell(
            "interactive after %6.0f ms (%.0f to %.0f)  %s"
                .formatted(median, millis[0], millis[VISITS - 1], shortened(page, ids)),
            median <= WANTED_IN_BROWSER_MILLIS);
      }
    }
  }

  /// The server as people start it, over this store, the median of five.
  private void start(StoreUrl url) throws IOException, InterruptedException {
    Path command = Path.of("..", "penstock").toAbsolutePath().normalize();
    if (!Files.exists(command.resolveSibling("dist/target/penstock/stamp"))) {
      System.err.println("SKIPPED the server's start: run ./penstock once, which builds it");
      return;
    }
    double[] millis = new double[5];
    for (int i = 0; i < millis.length; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(command.toString(), "server", "start", "--port", "0");
      builder.environment().put("PENSTOCK_STORE", url.value());
      builder.environment().put("PENSTOCK_HOME", directory.toString());
      long begun = System.nanoTime();
      Process server = builder.redirectErrorStream(true).start();
      try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        while (line != null && !line.contains("Penstock is at")) {
          line = out.readLine();
        }
        millis[i] = millis(begun);
        assertThat(line).as("what the server says").isNotNull();
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
    Arrays.sort(millis);
    tell(
        "penstock server start %.0f ms (%.0f to %.0f)".formatted(millis[2], millis[0], millis[4]),
        millis[2] <= WANTED_START_MILLIS);
  }
}
