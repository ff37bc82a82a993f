package dev.penstock.server.pages;

import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.access.Logins;
import dev.penstock.server.oidc.OidcLogin;
import dev.penstock.server.oidc.OidcSettings;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import dev.penstock.server.web.Router;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// All pages, and the page that is shown when something cannot be done.
public final class Pages implements Router.Faults {
  private final Site site;
  private final Vault vault;
  private final NewRun newRun;
  private final Logins logins;
  private final Optional<OidcLogin> oidc;

  /// @param clock which ages are counted by
  /// @param oidc the identity provider that people may log in by, if any
  public Pages(
      Store store, Vault vault, InstantSource clock, NewRun newRun, Optional<OidcSettings> oidc) {
    this.vault = vault;
    this.newRun = newRun;
    this.logins = new Logins(store);
    this.oidc = oidc.map(settings -> new OidcLogin(settings, logins, clock));
    site = new Site(store, clock, new Templates(), new Assets());
  }

  /// @param document of the API, which a page shows
  public List<Route> routes(Supplier<Map<String, Object>> document) {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/assets/{version}/{name}", site.assets()::answer));
    Dashboard dashboard = new Dashboard(site);
    routes.add(Route.get("/", dashboard::show));
    routes.add(LivePage.of("/live/dashboard/events", dashboard::show));
    routes.addAll(new RunsPage(site).routes());
    routes.addAll(new RunPage(site).routes());
    routes.addAll(new DeploymentPages(site, newRun).routes());
    routes.addAll(new Lists(site).routes());
    routes.addAll(new ConcurrencyPage(site).routes());
    routes.addAll(new VariablesPage(site).routes());
    routes.addAll(new SecretsPage(site, vault).routes());
    routes.addAll(new BlocksPage(site, vault).routes());
    routes.addAll(new AutomationsPage(site, vault).routes());
    routes.addAll(new EventsPage(site).routes());
    routes.addAll(new LoginPage(site, logins, oidc.isPresent()).routes());
    routes.addAll(oidc.map(OidcLogin::routes).orElseGet(OidcLogin::absent));
    routes.addAll(new AccountPage(site, logins).routes());
    routes.addAll(new SettingsPage(site).routes());
    routes.addAll(new AuditPage(site).routes());
    routes.addAll(new ApiPage(site, document).routes());
    return routes;
  }

  @Override
  public Answer refused(Request request, Refused refusal) {
    if (request.who().role() == null) {
      return toNobody(request, refusal);
    }
    Shell shell =
        site.shell(
            request, refusal.title(), "idle", "", List.of(new Shell.Crumb(refusal.title(), "")));
    return site.page(refusal.status(), "error", shell, Map.of("refusal", refusal));
  }

  private Answer toNobody(Request request, Refused refusal) {
    if (refusal.status() == 401 && request.method().equals("GET")) {
      String query = request.query().text();
      String next = query.isEmpty() ? request.path() : request.path() + "?" + query;
      String login = "/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      return request.header().apply("hx-request").isPresent()
          ? Answer.plain("").with("HX-Redirect", login)
          : Answer.seeOther(login);
    }
    Shell shell = site.bare(request, refusal.title());
    return site.page(refusal.status(), "refused", shell, Map.of("refusal", refusal));
  }
}
