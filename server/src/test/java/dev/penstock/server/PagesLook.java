package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.penstock.data.Secret;
import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.notify.Webhook;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.NewSchedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Every page at both widths and in both themes: it fits, everybody can use it, and its console
/// stays empty. Pictures are left in `target/pictures`. Each width is a class, which may be looked
/// at in a process of its own. The short form leaves out what would show the same again;
/// `-Dpenstock.long=true` looks at all.
abstract class PagesLook {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");

  /// What has colours of its own is looked at in the dark too; the palette is the same on all
  /// pages.
  private static final Set<String> IN_THE_DARK = Set.of("run", "run-failed", "runs", "dashboard");

  /// Elsewhere a phone shows the same elements.
  private static final Set<String> NARROW_IS_OTHER = Set.of("run-letters", "runs", "deployment");

  @TempDir static Path directory;
  private static TestBrowser browser;
  private static Town town;
  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @BeforeAll
  static void open(TestInfo test) throws InterruptedException {
    browser = TestBrowser.open(test.getTestClass().orElseThrow());
    town = new Town(directory);
    Shop.zonesKnown = false;
    FlowEnd done = town.run("ingest", "{\"rows\": 1500}");
    FlowEnd failed = town.run("report", "{\"recipient\": \"ops\"}");
    Deployment deployment = town.deploy();
    PAGES.put("dashboard", "/");
    PAGES.put("runs", "/runs");
    PAGES.put("run", "/runs/" + done.run());
    PAGES.put("run-letters", "/runs/" + done.run() + "?tab=letters&zoom=100-1200");
    PAGES.put("run-graph", "/runs/" + done.run() + "?tab=artifacts&view=graph");
    PAGES.put("run-results", "/runs/" + done.run() + "?tab=results");
    PAGES.put("run-failed", "/runs/" + failed.run() + "?tab=states");
    PAGES.put("deployments", "/deployments");
    PAGES.put(
        "deployment",
        "/deployments/" + deployment.id() + "?month=2026-10&from=2026-10-07&to=2026-10-13");
    town.store
        .schedules()
        .add(deployment.id(), NewSchedule.of("cron 30 2 * * * zone=Europe/Berlin"));
    town.store.limits().set(Limit.of(LimitKey.tag("warehouse"), 1));
    town.store.limits().set(Limit.of(LimitKey.tag("bigquery"), 60));
    town.hold(deployment, "warehouse");
    Deployment stream = town.deploy("stream");
    town.store.schedules().add(stream.id(), NewSchedule.of("always PT1M"));
    town.pump(stream, town.figures(2104));
    PAGES.put("flows", "/flows");
    PAGES.put("flow", "/flow?name=Ingest%20prices");
    PAGES.put("pools", "/work-pools");
    PAGES.put("concurrency", "/concurrency");
    furnish();
    PAGES.put("variables", "/variables?edit=region");
    PAGES.put("secrets", "/secrets");
    PAGES.put("blocks", "/blocks");
    PAGES.put("block", "/blocks/webhook/ops");
    PAGES.put("automations", "/automations");
    PAGES.put("automation", "/automations/tell-ops");
    PAGES.put("automation-new", "/automations/new");
    PAGES.put("events", "/events");
    PAGES.put("settings", "/settings");
    PAGES.put("audit", "/audit");
    PAGES.put("account", "/account");
  }

  /// Something of everything.
  private static void furnish() {
    town.store.variables().set("region", "\"eu-south\"", List.of("geo"));
    town.store.variables().set("rates", "{\"eur\": 1.08, \"gbp\": 1.27}", List.of());
    town.vault.secrets().set("crm-token", Secret.of("hidden"));
    town.vault.blocks().save("ops", new Webhook(Secret.of("https://example.org/hook"), null, null));
    try (Automations automations = new Automations(town.store, town.vault, (_, _, _) -> {})) {
      automations.save(
          new Automation(
              "tell-ops",
              new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)),
              List.of(new Action.Notify("webhook", "ops", "{{flow-run.name}} failed", "look"))));
    }
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      town.close();
      browser.close();
    }
  }

  /// At a width, in the light and in the dark.
  static void look(int width) {
    look(width, ColorScheme.LIGHT);
    if (LONG || width > 1000) {
      look(width, ColorScheme.DARK);
    }
  }

  private static void look(int width, ColorScheme theme) {
    List<String> findings = new ArrayList<>();
    boolean dark = theme == ColorScheme.DARK;
    try (BrowserContext context = browser.context(width, theme)) {
      // One for all: the browser starts processes for each that is opened.
      Page page = browser.page(context, town.server.url());
      PAGES.forEach((name, path) -> {
        if (dark && !LONG && !IN_THE_DARK.contains(name)) {
          return;
        }
        page.navigate(town.server.url() + path);
        if (name.equals("run-letters")) {
          page.click(".letters summary >> nth=0");
        }
        String picture = name + "-" + width + (dark ? "-dark" : "");
        browser.picture(page, picture);
        Object wide = page.evaluate("document.documentElement.scrollWidth");
        assertThat(((Number) wide).intValue()).as(picture).isLessThanOrEqualTo(width);
        if (LONG || width > 1000 || NARROW_IS_OTHER.contains(name)) {
          browser.findings(page).forEach(one -> findings.add(picture + ": " + one));
        }
      });
    }
    browser.assertQuiet();
    assertThat(findings).isEmpty();
  }
}
