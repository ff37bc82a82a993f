package dev.penstock.server;

import static com.microsoft.playwright.options.WaitForSelectorState.HIDDEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.Secret;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.worker.Scheduler;
import dev.penstock.server.access.Passwords;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do in the pages, in a browser whose console stays empty. Pictures are left in
/// `target/pictures`.
class BrowserTest {
  @TempDir static Path directory;
  private static TestBrowser browser;
  private static Town town;
  private static Deployment deployment;

  @BeforeAll
  static void open() {
    browser = TestBrowser.open(BrowserTest.class);
    town = new Town(directory);
    deployment = town.deploy();
    town.hold(deployment, "any"); // so that the list is never empty
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      town.close();
      browser.close();
    }
  }

  @AfterEach
  void theConsoleIsEmpty() {
    browser.assertQuiet("422", "403");
  }

  @Test
  void whoeverHasLoggedInPressesButtonsAndIsRefusedWhatTheirRoleMayNot(@TempDir Path place) {
    try (Town closed = new Town(place);
        BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      closed.store.users().create("ana", Role.ADMIN, Passwords.hash(Secret.of("long enough")));
      Page page = browser.page(context, closed.server.url() + "/settings");
      page.fill("#name", "ana");
      page.fill("#password", "long enough");
      page.click("button:has-text('Log in')");
      page.waitForURL("**/settings");
      page.fill("#name", "otto");
      page.fill("#password", "long enough");
      page.click("button:has-text('Create user')");
      page.waitForSelector("td:has-text('otto')");
      page.click("button:has-text('Log out')");
      page.waitForURL("**/login");
      page.fill("#name", "otto");
      page.fill("#password", "long enough");
      page.click("button:has-text('Log in')");
      page.waitForSelector("h1:has-text('All is well')");
      page.navigate(closed.server.url() + "/settings");
      page.waitForSelector("main:has-text('it needs the role admin, otto is viewer')");
    }
  }

  @Test
  void aRunIsWatchedLiveAndItsDeadLettersAreReplayed() throws Exception {
    Shop.zonesKnown = false;
    Shop.lookUpMillis = 20;
    CompletableFuture<FlowEnd> running =
        inBackground(() -> town.run("ingest", "{\"rows\": 14000}"));
    String id = awaitRunning();
    try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      Page page = browser.page(context, town.server.url() + "/runs/" + id);
      page.waitForSelector("#run-pipeline .chain");
      assertThat(page.textContent("#run-head")).contains("Running for");
      page.waitForSelector("#live-word:has-text('Live')");
      String before = page.textContent("#run-pipeline .io");
      page.waitForFunction(
          "before => document.querySelector('#run-pipeline .io').textContent !== before", before);
      browser.picture(page, "run-live-1280");
      page.click("text=Graph");
      page.waitForSelector(".graph .node.cur:has-text('load')");
      Shop.lookUpMillis = 0;
      page.waitForSelector("#run-head:has-text('Completed in')");
      page.waitForSelector("#log-lines:has-text('some zones have no name')");
      assertThat(page.title()).contains("Completed");
      assertThat(page.getAttribute("#icon", "href")).contains("icon-ok");
      List<Object> lines = new ArrayList<>();
      page.querySelectorAll("#log-lines li")
          .forEach(line -> lines.add(line.getAttribute("data-line")));
      assertThat(lines).doesNotHaveDuplicates().hasSizeGreaterThan(8);
      assertThat(running.get().state().name()).isEqualTo(StateName.COMPLETED);
      replay(page, id);
    } finally {
      Shop.lookUpMillis = 2;
    }
  }

  private void replay(Page page, String id) throws Exception {
    page.click(".step .fails a.bad");
    page.waitForSelector(".letters > li");
    page.click(".letters summary >> nth=0");
    page.waitForSelector(".letters pre:has-text('\"zone\": 264')");
    assertThat(page.textContent(".letters")).contains("IllegalStateException: no zone has id 264");
    int letters = town.store.deadLetters().of(id, 0, 100).size();
    assertThat(page.textContent(".bulk-rest")).contains("Replay " + letters + " records");
    page.click(".bulk-rest");
    page.waitForSelector("#run-note:has-text('it is tried again')");
    Shop.zonesKnown = true;
    CompletableFuture<FlowEnd> again = inBackground(() -> town.goOn(id, "ingest"));
    page.waitForSelector("#run-head:has-text('Completed in')");
    assertThat(again.get().state().name()).isEqualTo(StateName.COMPLETED);
    page.waitForSelector("#run-pipeline:has-text('" + letters + " records read')");
    page.click("a:has-text('Dead letters')");
    page.waitForSelector(".letters:has-text('Was replayed')");
    assertThat(page.querySelector(".bulk-rest")).isNull();
  }

  private interface Work {
    FlowEnd run() throws InterruptedException;
  }

  private static CompletableFuture<FlowEnd> inBackground(Work work) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return work.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static String awaitRunning() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      for (FlowRun run :
          town.store.flowRuns().list(RunFilter.ALL, dev.penstock.flow.store.Page.first(5))) {
        if (run.origin().deployment() == null && run.state().name() == StateName.RUNNING) {
          return run.id();
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the run did not start");
  }

  @Test
  void aRunIsStartedFromTheFormOnceItsFieldsAreRight() {
    try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      Page page = browser.page(context, town.server.url() + "/deployments/" + deployment.id());
      page.fill("#p-rows", "many");
      page.click("text=Start run");
      page.waitForSelector(".err:has-text('many')");
      browser.picture(page, "deployment-wrong-1280");
      assertThat(page.inputValue("#p-rows")).isEqualTo("many");
      page.fill("#p-rows", "20");
      page.click("text=Start run");
      page.waitForSelector("#run-head");
      assertThat(page.textContent("#run-note")).contains("no worker of pool default");
      page.click("text=Cancel run");
      page.waitForSelector("#run-head:has-text('Cancelled')");
    }
  }

  @Test
  void aScheduleIsMadeAndItsRunsComeIntoTheList() throws Exception {
    try (BrowserContext context = browser.context(390, ColorScheme.DARK)) {
      Page list = browser.page(context, town.server.url() + "/runs?within=1h");
      list.waitForSelector("#live:not(.still)");
      Page page = browser.page(context, town.server.url() + "/deployments/" + deployment.id());
      page.click("text=Add a schedule");
      page.selectOption("#f-kind", "interval");
      page.fill("#f-rule", "1s");
      page.click("button:has-text('Add schedule')");
      page.waitForSelector(".sched:has-text('Every')");
      page.waitForSelector(".ticks li:nth-child(10)");
      while (new Scheduler(town.store).tick() == 0) {
        page.waitForTimeout(100); // the next tick is a second away
      }
      list.waitForSelector("#fresh:has-text('new')");
      page.click("#main .sched button:has-text('Pause')");
      page.waitForSelector(".sched:has-text('paused')");
      list.bringToFront();
      list.click("#fresh button");
      list.waitForSelector(".runs tr:has-text('nightly')");
    }
  }

  @Test
  void aFailedRunIsRetriedFromItsPage() throws Exception {
    FlowEnd failed = town.run("report", "{\"recipient\": \"ops\"}");
    try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      Page page = browser.page(context, town.server.url() + "/runs/" + failed.run());
      assertThat(page.textContent("#run-note")).contains("no mailbox ops");
      page.click("button:text-is('Retry')");
      page.waitForSelector("#run-note:has-text('it is tried again')");
      CompletableFuture<FlowEnd> again = inBackground(() -> town.goOn(failed.run(), "report"));
      page.waitForSelector("#run-head:has-text('Failed after')");
      assertThat(page.textContent("#run-head")).contains("Attempt 2");
      assertThat(again.get().state().name()).isEqualTo(StateName.FAILED);
      page.navigate(town.server.url() + "/runs");
      page.selectOption("select[name=state]", "failing");
      page.waitForURL("**/runs?*state=failing*");
      assertThat(page.textContent("#runs")).contains(failed.name());
      chooseTimeByDrag(page, failed.name());
    }
  }

  /// Over the whole plot, where the run is, and then over its first tenth, where none is.
  private static void chooseTimeByDrag(Page page, String run) {
    drag(page, 0, 1);
    assertThat(page.url()).contains("state=failing&since=20").contains("&until=20");
    assertThat(page.textContent("#runs")).contains(run);
    assertThat(page.textContent("#between .chip")).contains(" to ");
    drag(page, 0, 0.02);
    assertThat(page.textContent("#runs")).contains("No runs match");
    page.click("#between .chip");
    page.waitForURL("**/runs?state=failing");
    page.click("summary:has-text('Between')");
    page.fill("#since", "2026-01-31T06:00");
    page.click("text=Show runs");
    page.waitForURL("**/runs?state=failing&since=2026-01-31T06*");
    assertThat(page.textContent("#between .chip")).contains("since");
    delete(page);
  }

  /// What cannot be undone asks back, and the safe answer has the focus.
  private static void delete(Page page) {
    int before = page.locator(".runs tbody tr").count();
    page.check(".runs tbody tr:first-child input");
    page.click("button:text-is('Delete')");
    assertThat(page.textContent("#ask")).contains("Delete 1 run? Their");
    assertThat(page.textContent("#ask :focus")).isEqualTo("Keep it");
    browser.picture(page, "runs-ask-1280");
    page.keyboard().press("Enter");
    page.waitForSelector("#ask", new Page.WaitForSelectorOptions().setState(HIDDEN));
    page.click("button:text-is('Delete')");
    page.click("#ask [value=yes]");
    page.waitForFunction(
        "before => document.querySelectorAll('.runs tbody tr').length < before", before);
  }

  private static void drag(Page page, double from, double to) {
    String before = page.url();
    BoundingBox plot = page.locator(".scatter").boundingBox();
    page.mouse().move(plot.x + from * plot.width, plot.y + 20);
    page.mouse().down();
    page.mouse().move(plot.x + to * plot.width, plot.y + 90);
    browser.picture(page, "runs-drag-1280");
    page.mouse().up();
    page.waitForURL(url -> !url.equals(before));
  }

  @Test
  void aPageIsToldAnewAndATimelineIsZoomedAtThePointer() throws Exception {
    FlowEnd ended = town.run("ingest", "{\"rows\": 20}");
    try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      Page limits = browser.page(context, town.server.url() + "/concurrency");
      limits.waitForSelector("#live-word:has-text('Live')");
      town.store.limits().set(Limit.of(LimitKey.tag("warehouse"), 2));
      Page page = browser.page(context, town.server.url() + "/runs/" + ended.run());
      page.hover(".tl .lane >> nth=1", new Page.HoverOptions().setPosition(1, 10));
      page.keyboard().press("+");
      page.waitForURL("**/runs/*?zoom=0-*");
      page.click("#zoom-fit");
      page.waitForURL(url -> !url.contains("zoom"));
      limits.waitForSelector(".limit:has-text('warehouse')");
    } finally {
      town.store.limits().delete(LimitKey.tag("warehouse"));
    }
  }

  @Test
  void anAutomationIsMadeTestedAndDelivers() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer hook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    hook.createContext(
        "/hook",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    hook.start();
    String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook";
    try (BrowserContext context = browser.context(1280, ColorScheme.LIGHT)) {
      Page page = browser.page(context, town.server.url() + "/blocks/webhook");
      page.fill("[name=name]", "hook");
      page.fill("[name='s.url']", url);
      page.click("button:has-text('Save')");
      page.waitForURL("**/blocks");
      page.navigate(town.server.url() + "/automations/new");
      page.fill("#f-name", "tell-ops");
      page.selectOption("#f-channel1", "webhook/hook");
      page.click("text=Save automation");
      page.waitForURL("**/automations/tell-ops");
      page.click("text=Send a test");
      page.waitForSelector(".note:has-text('webhook/hook has taken it, and answered 202')");
      assertThat(received.poll(60, TimeUnit.SECONDS)).contains("\"subject\":");
      FlowEnd failed = town.run("report", "{\"recipient\": \"ops\"}");
      deliver(received, failed.name());
      page.reload();
      page.waitForSelector("table tr:has-text('notify webhook/hook'):has-text('202')");
      assertThat(page.getAttribute("a:text-is('its run')", "href")).endsWith(failed.run());
      browser.picture(page, "automation-delivered-1280");
    } finally {
      hook.stop(0);
    }
  }

  /// As a server does every few seconds, until the message about a run has come.
  private static void deliver(BlockingQueue<String> received, String run) throws Exception {
    try (Automations automations = new Automations(town.store, town.vault, (_, _, _) -> {})) {
      String message = "";
      for (int i = 0; i < 600 && !message.contains(run + " is Failed"); i++) {
        automations.tick();
        message = String.valueOf(received.poll(100, TimeUnit.MILLISECONDS));
      }
      assertThat(message).contains(run + " is Failed");
      automations.tick(); // so that its answer is noted
    }
  }
}
