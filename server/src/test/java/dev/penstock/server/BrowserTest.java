package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages in a browser: live, at both widths and in both themes, with a console that stays
/// empty. Pictures are left in `target/pictures`.
class BrowserTest {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

  @TempDir static Path directory;
  private static Playwright playwright;
  private static Browser browser;
  private static Town town;
  private static FlowEnd done;
  private static FlowEnd failed;
  private static Deployment deployment;

  @BeforeAll
  static void open() throws InterruptedException {
    Path chromium = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (chromium == null) {
      System.err.println("SKIPPED BrowserTest: there is no Chromium; install it, as .ci/run does");
    }
    Assumptions.assumeTrue(chromium != null, "there is no Chromium");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    town = new Town(directory);
    done = town.run("ingest", "{\"rows\": 500}");
    failed = town.run("report", "{\"recipient\": \"ops\"}");
    deployment = town.deploy();
  }

  @AfterAll
  static void close() {
    if (playwright != null) {
      town.close();
      browser.close();
      playwright.close();
    }
  }

  @Test
  void aRunIsWatchedLiveToItsEnd() throws Exception {
    CompletableFuture<FlowEnd> running =
        CompletableFuture.supplyAsync(() -> {
          try {
            return town.run("ingest", "{\"rows\": 12000}");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    String id = awaitRunning();
    List<String> console = new ArrayList<>();
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = page(context, console, "/runs/" + id);
      page.waitForSelector("#run-pipeline .chain");
      page.waitForSelector("#live-word:has-text('Live')");
      String before = page.textContent("#run-pipeline .io");
      page.waitForFunction(
          "before => document.querySelector('#run-pipeline .io').textContent !== before", before);
      picture(page, "run-live-1280");
      assertThat(page.textContent("#run-head")).contains("Running for");
      page.waitForSelector("#run-head:has-text('Completed in')");
      page.waitForSelector("#log-lines:has-text('some zones have no name')");
      assertThat(page.title()).contains("Completed");
      List<Object> lines = new ArrayList<>();
      page.querySelectorAll("#log-lines li")
          .forEach(line -> lines.add(line.getAttribute("data-line")));
      assertThat(lines).doesNotHaveDuplicates().hasSizeGreaterThan(8);
    }
    assertThat(running.get().state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(console).isEmpty();
  }

  private static String awaitRunning() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      for (FlowRun run :
          town.store.flowRuns().list(RunFilter.ALL, dev.penstock.flow.store.Page.first(5))) {
        if (run.origin().flow().equals("Ingest prices")
            && run.state().name() == StateName.RUNNING) {
          return run.id();
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the run did not start");
  }

  @Test
  void aRunIsStartedFromTheFormOnceItsFieldsAreRight() {
    List<String> console = new ArrayList<>();
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = page(context, console, "/deployments/" + deployment.id());
      page.fill("#p-rows", "many");
      page.click("text=Start run");
      page.waitForSelector(".err:has-text('many')");
      picture(page, "deployment-wrong-1280");
      assertThat(page.inputValue("#p-rows")).isEqualTo("many");
      page.fill("#p-rows", "20");
      page.click("text=Start run");
      page.waitForSelector("#run-head");
      assertThat(page.textContent("#run-note")).contains("no worker of pool default");
      page.click("text=Cancel run");
      page.waitForSelector("#run-head:has-text('Cancelled')");
    }
    assertThat(console).filteredOn(line -> !line.contains("422")).isEmpty();
  }

  @Test
  void filtersAndTabsGoIntoTheAddress() {
    List<String> console = new ArrayList<>();
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = page(context, console, "/runs");
      page.selectOption("select[name=state]", "failing");
      page.waitForURL("**/runs?*state=failing*");
      assertThat(page.textContent("#runs")).contains(failed.name()).doesNotContain(done.name());
      page.navigate(town.server.url() + "/runs/" + done.run());
      page.click("text=State history");
      page.waitForURL("**tab=states");
      page.waitForSelector(".hist:has-text('Completed')");
    }
    assertThat(console).isEmpty();
  }

  @Test
  void everyPageFitsBothWidthsInBothThemes() {
    List<String> console = new ArrayList<>();
    Map<String, String> pages =
        Map.of(
            "dashboard", "/",
            "runs", "/runs",
            "run", "/runs/" + done.run(),
            "run-failed", "/runs/" + failed.run(),
            "deployments", "/deployments",
            "deployment", "/deployments/" + deployment.id(),
            "flows", "/flows",
            "pools", "/work-pools",
            "concurrency", "/concurrency",
            "variables", "/variables");
    for (int width : new int[] {1280, 390}) {
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (BrowserContext context = context(width, theme)) {
          pages.forEach((name, path) -> {
            if (theme == ColorScheme.DARK && !name.startsWith("run") && !name.equals("dashboard")) {
              return; // the palette is the same on all pages
            }
            Page page = page(context, console, path);
            picture(page, name + "-" + width + (theme == ColorScheme.DARK ? "-dark" : ""));
            Object wide = page.evaluate("document.documentElement.scrollWidth");
            assertThat(((Number) wide).intValue())
                .as(name + " at " + width)
                .isLessThanOrEqualTo(width);
            page.close();
          });
        }
      }
    }
    assertThat(console).isEmpty();
  }

  private static BrowserContext context(int width, ColorScheme theme) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(width, 900)
            .setColorScheme(theme)
            .setTimezoneId("Europe/Berlin"));
  }

  private static Page page(BrowserContext context, List<String> console, String path) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> console.add(path + ": " + message.text()));
    page.onPageError(error -> console.add(path + ": " + error));
    page.navigate(town.server.url() + path);
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "pictures", name + ".png")));
  }
}
