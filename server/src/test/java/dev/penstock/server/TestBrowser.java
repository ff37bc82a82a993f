package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The Chromium of this machine, and what the pages that were opened in it have said on their
/// console.
final class TestBrowser implements AutoCloseable {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

  /// The findings that keep somebody from using a page.
  private static final String SERIOUS =
      """
      () => axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})
        .then(found => found.violations
          .filter(one => one.impact === 'serious' || one.impact === 'critical')
          .map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 200) + ' (' + node.failureSummary + ')').join(' | ')))
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final String axe;
  private final List<String> console = new ArrayList<>();

  private TestBrowser(Path chromium) {
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
    axe = resource("axe-4.14.1.min.js");
  }

  /// Where there is no Chromium, the tests are skipped.
  static TestBrowser open(Class<?> test) {
    Path chromium = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (chromium == null) {
      System.err.println(
          "SKIPPED "
              + test.getSimpleName()
              + ": there is no Chromium; install it, as .ci/run does");
    }
    Assumptions.assumeTrue(chromium != null, "there is no Chromium");
    return new TestBrowser(chromium);
  }

  private static String resource(String name) {
    try (InputStream in = TestBrowser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BrowserContext context(int width, ColorScheme theme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("Europe/Berlin"));
    context.setDefaultTimeout(60_000);
    return context;
  }

  Page page(BrowserContext context, String url) {
    // as after a first visit, which loads a page again in the viewer's zone
    context.addCookies(List.of(new Cookie("tz", "Europe%2FBerlin").setUrl(url)));
    Page page = context.newPage();
    page.onConsoleMessage(message -> console.add(page.url() + ": " + message.text()));
    page.onPageError(error -> console.add(page.url() + ": " + error));
    page.navigate(url);
    return page;
  }

  /// What a page looks like, for a person.
  void picture(Page page, String name) {
    page.evaluate("scrollTo(0, 0)");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "pictures", name + ".png")));
  }

  /// What keeps somebody from using a page, as far as a program can tell.
  List<?> findings(Page page) {
    page.evaluate(axe);
    return (List<?>) page.evaluate(SERIOUS);
  }

  /// That no page has complained since, but for what is expected.
  void assertQuiet(String... expected) {
    assertThat(console)
        .filteredOn(line -> List.of(expected).stream().noneMatch(line::contains))
        .isEmpty();
    console.clear();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
