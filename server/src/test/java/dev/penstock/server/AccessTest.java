package dev.penstock.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.AuditEntry;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.server.access.NewKey;
import dev.penstock.server.access.Passwords;
import dev.penstock.server.access.Permissions;
import dev.penstock.server.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what, once there are users.
class AccessTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");
  private static final Pattern ACTION = Pattern.compile("(?:formaction|action)=\"(/[^\"?]*)\"");

  @TempDir static Path directory;
  private static Town town;
  private static String run;
  private static Deployment deployment;
  private static Session viewer;
  private static Session operator;
  private static Session admin;

  /// Somebody who has logged in.
  private record Session(String cookie, String token) {}

  @BeforeAll
  static void open() throws InterruptedException {
    town = new Town(directory);
    run = town.run("ingest", "{\"rows\": 20}").run();
    deployment = town.deploy();
    String hash = Passwords.hash(Secret.of(PASSWORD));
    for (Role role : Role.values()) {
      town.store.users().create("the-" + role.word(), role, hash);
    }
    viewer = login("the-viewer");
    operator = login("the-operator");
    admin = login("the-admin");
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static Session login(String name) {
    HttpResponse<String> answer =
        town.post("/login", "name=" + name + "&password=correct+horse+battery");
    assertThat(answer.statusCode()).isEqualTo(303);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    Matcher token = TOKEN.matcher(town.send(town.to("/account").header("Cookie", cookie)).body());
    assertThat(token.find()).isTrue();
    return new Session(cookie, token.group(1));
  }

  private static HttpResponse<String> get(Session who, String path) {
    return town.send(town.to(path).header("Cookie", who.cookie()));
  }

  private static HttpResponse<String> post(Session who, String path, String form) {
    return town.send(
        town.to(path)
            .header("Cookie", who.cookie())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", town.server.url())
            .POST(BodyPublishers.ofString("csrf=" + who.token() + "&" + form)));
  }

  private static HttpResponse<String> byKey(String key, String path) {
    return town.send(town.to(path).header("Authorization", "Bearer " + key));
  }

  /// A path of a route, for things that are there.
  private static String real(Route route) {
    return route
        .path()
        .replace("/runs/{id}", "/runs/" + run)
        .replace("/flow-runs/{id}", "/flow-runs/" + run)
        .replace("/deployments/{id}", "/deployments/" + deployment.id())
        .replaceAll("\\{\\w+}", "x");
  }

  @Test
  void everyRouteHasALineInTheTableAndEveryLineARoute() {
    Set<String> routes = new TreeSet<>();
    town.server.routes().forEach(route -> routes.add(route.method() + " " + route.path()));
    assertThat(new TreeSet<>(new Permissions().known())).isEqualTo(routes);
  }

  @Test
  void whoeverHasNotLoggedInIsToldNothing() {
    List<String> open = new ArrayList<>();
    for (Route route : town.server.routes()) {
      HttpResponse<String> answer =
          town.send(
              town.to(real(route))
                  .header("Origin", town.server.url())
                  .method(route.method(), BodyPublishers.noBody()));
      boolean refused =
          answer.statusCode() == 401
              || answer.statusCode() == 303
                  && answer.headers().firstValue("Location").orElseThrow().startsWith("/login?");
      if (!refused) {
        open.add(route.method() + " " + route.path());
      }
    }
    // POST /login is for anyone, and says 401 of itself without a password.
    assertThat(open)
        .containsExactlyInAnyOrder(
            "GET /assets/{version}/{name}",
            "GET /login",
            "GET /login/oidc",
            "GET /login/oidc/done",
            "POST /logout",
            "GET /api/v1/health",
            "GET /api/v1/ready");
    assertThat(town.get("/nowhere").statusCode()).isEqualTo(303);
  }

  @Test
  void nobodyDoesWhatTheirRoleDoesNotAllow() {
    Set<String> refused = new TreeSet<>();
    Set<String> refusedToOperators = new TreeSet<>();
    for (Route route : town.server.routes()) {
      if (route.method().equals("GET")
          ? route.path().startsWith("/api") || isEndless(route)
          : isHarmless(route)) {
        continue;
      }
      Session[] both = {viewer, operator};
      for (Session each : both) {
        boolean no =
            route.method().equals("GET")
                ? get(each, real(route)).statusCode() == 403
                : post(each, real(route).replace(run, "x"), "").statusCode() == 403;
        if (no) {
          (each == viewer ? refused : refusedToOperators).add(route.method() + " " + route.path());
        }
      }
    }
    assertThat(refusedToOperators)
        .contains("GET /settings", "GET /audit", "POST /settings/users", "POST /settings/keys")
        .doesNotContain("POST /runs/{id}/cancel", "POST /deployments/{id}/run");
    assertThat(refused)
        .containsAll(refusedToOperators)
        .contains(
            "POST /runs/{id}/cancel", "POST /runs/delete", "POST /api/v1/flow-runs/{id}/retry")
        .doesNotContain("GET /runs", "POST /account/password");
  }

  /// It tells what happens for as long as somebody listens.
  private static boolean isEndless(Route route) {
    return route.path().startsWith("/live/");
  }

  private static boolean isHarmless(Route route) {
    return Set.of("/logout", "/login").contains(route.path());
  }

  /// What a page does is said by the same words as what the API does.
  @Test
  void whatIsDoneByAPageNeedsTheRoleThatItNeedsByTheApi() throws IOException {
    Map<String, Set<String>> roles = new TreeMap<>();
    try (InputStream table = Permissions.class.getResourceAsStream("permissions.txt")) {
      new String(requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst(" \\[.*", "").split(" +", 5))
          .filter(words -> words.length == 5 && !words[0].equals("#"))
          .forEach(words -> roles.computeIfAbsent(words[4], _ -> new TreeSet<>()).add(words[0]));
    }
    assertThat(roles).containsKeys("set concurrency limit", "set variable");
    roles.forEach((action, needed) -> assertThat(needed).as(action).hasSize(1));
  }

  @Test
  void nobodySeesAButtonThatTheyMayNotPress() {
    for (Session each : List.of(viewer, operator)) {
      for (Route route : town.server.routes()) {
        if (!route.method().equals("GET")
            || route.path().startsWith("/api")
            || isEndless(route)
            || route.path().endsWith("/events")) {
          continue;
        }
        Matcher action = ACTION.matcher(get(each, real(route)).body());
        while (action.find()) {
          String path = action.group(1);
          if (!path.equals("/logout") && isPosted(path)) {
            assertThat(post(each, path.replace(run, "x"), "").statusCode())
                .as(route.path() + " shows " + path)
                .isNotEqualTo(403);
          }
        }
      }
    }
    assertThat(get(operator, "/runs/" + run).body()).contains("/retry");
    assertThat(get(viewer, "/runs/" + run).body()).doesNotContain("/retry", "/delete");
    assertThat(get(viewer, "/runs").body()).doesNotContain("/runs/delete");
  }

  private static boolean isPosted(String path) {
    return town.server.routes().stream()
        .anyMatch(route ->
            route.method().equals("POST")
                && path.matches(route.path().replaceAll("\\{\\w+}", "[^/]+")));
  }

  @Test
  void aSessionIsACookieThatScriptsAndOtherSitesDoNotGet() {
    HttpResponse<String> plain =
        town.post("/login", "name=THE-VIEWER&password=correct+horse+battery&next=/runs%3Fq%3Dx");
    assertThat(plain.headers().firstValue("Location")).contains("/runs?q=x");
    assertThat(plain.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(cookie ->
            assertThat(cookie)
                .contains("; HttpOnly", "; SameSite=Lax", "; Path=/")
                .doesNotContain("Secure"));
    HttpRequest.Builder request =
        town.to("/login")
            .header("X-Forwarded-Proto", "https")
            .POST(BodyPublishers.ofString("name=the-viewer&password=correct+horse+battery"));
    String secure = town.send(request).headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(secure).startsWith("__Host-").endsWith("; Secure");
    String session = secure.replaceFirst(";.*", "");
    for (String cookie : List.of(session, session.replace("__Host-", ""))) {
      HttpResponse<String> page =
          town.send(town.to("/runs").header("X-Forwarded-Proto", "https").header("Cookie", cookie));
      assertThat(page.statusCode()).as(cookie).isEqualTo(cookie.equals(session) ? 200 : 303);
    }
  }

  @Test
  void loggingInLeadsToPagesOfThisServerOnly() {
    for (String next :
        List.of("//evil.example", "https://evil.example", "/\\evil.example", "/a b")) {
      HttpResponse<String> answer =
          town.post("/login", "name=the-viewer&password=correct+horse+battery&next=" + next);
      assertThat(answer.headers().firstValue("Location")).as(next).contains("/");
    }
    assertThat(town.get("/runs?state=Failed&q=a%26b").headers().firstValue("Location"))
        .contains("/login?next=%2Fruns%3Fstate%3DFailed%26q%3Da%2526b");
  }

  @Test
  void whoGuessesIsStoppedByNameAndByAddress() {
    town.store.users().create("guessed", Role.VIEWER, Passwords.hash(Secret.of(PASSWORD)));
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> wrong = town.post("/login", "name=guessed&password=guess" + i);
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("do not belong together").doesNotContain("guess" + i);
    }
    assertThat(town.post("/login", "name=guessed&password=correct+horse+battery").statusCode())
        .isEqualTo(429);
    String unknown = town.post("/login", "name=nobody-of-this-name&password=x").body();
    assertThat(unknown).contains("do not belong together");
    assertThat(town.store.auditLog().list(Long.MAX_VALUE, 50))
        .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("fail to log in"));
    town.store.users().delete("guessed");
  }

  @Test
  void aChangeNeedsTheTokenOfItsSession() {
    HttpRequest.Builder without =
        town.to("/runs/x/cancel")
            .header("Cookie", operator.cookie())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", town.server.url())
            .POST(BodyPublishers.ofString(""));
    assertThat(town.send(without).body()).contains("of another session");
    Session mixed = new Session(operator.cookie(), admin.token());
    assertThat(post(mixed, "/runs/x/cancel", "").statusCode()).isEqualTo(403);
    assertThat(post(operator, "/runs/x/cancel", "").statusCode()).isEqualTo(404);
  }

  @Test
  void everyFormThatChangesSomethingHasTheTokenAndNoOtherHasIt() {
    int forms = 0;
    for (String path :
        List.of("/runs", "/runs/" + run, "/deployments/" + deployment.id(), "/settings")) {
      Matcher form =
          Pattern.compile("<form([^<>]*)>(.*?)</form>", Pattern.DOTALL)
              .matcher(get(admin, path).body());
      while (form.find()) {
        boolean changes = form.group(1).contains("method=\"post\"");
        forms += changes ? 1 : 0;
        assertThat(form.group(1)).as(path).doesNotContain("csrf");
        assertThat(form.group(2).contains("value=\"" + admin.token() + "\""))
            .as(path + form.group())
            .isEqualTo(changes);
      }
    }
    assertThat(forms).isGreaterThan(8);
  }

  @Test
  void aSessionEndsWithItsLogoutAndWithAnotherPassword() {
    Session first = login("the-viewer");
    assertThat(post(first, "/logout", "").statusCode()).isEqualTo(303);
    assertThat(get(first, "/runs").statusCode()).isEqualTo(303);
    town.store.users().create("changing", Role.VIEWER, Passwords.hash(Secret.of(PASSWORD)));
    Session second = login("changing");
    String change = "/account/password";
    assertThat(post(second, change, "password=wrong&new=another+long+one").statusCode())
        .isEqualTo(422);
    assertThat(post(second, change, "password=correct+horse+battery&new=short").body())
        .contains("from 10 to 1,000 characters");
    assertThat(
            post(second, change, "password=correct+horse+battery&new=another+long+one")
                .statusCode())
        .isEqualTo(303);
    assertThat(get(second, "/runs").statusCode()).isEqualTo(303);
    assertThat(town.post("/login", "name=changing&password=another+long+one").statusCode())
        .isEqualTo(303);
    town.store.users().delete("changing");
  }

  @Test
  void aKeyDoesWhatItsRoleAllowsUntilItIsRevoked() {
    HttpResponse<String> nobody = town.get("/api/v1/flow-runs");
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    String key =
        NewKey.make(
            town.store.apiKeys(),
            "reader",
            NewKey.Grant.of(Role.VIEWER),
            "test",
            Duration.ofDays(1));
    assertThat(byKey(key, "/api/v1/flow-runs").statusCode()).isEqualTo(200);
    HttpRequest.Builder cancel =
        town.to("/api/v1/flow-runs/" + run + "/cancel")
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.noBody());
    HttpResponse<String> refused = town.send(cancel);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("it needs the role operator, key reader is viewer");
    town.store.apiKeys().revoke("reader");
    assertThat(byKey(key, "/api/v1/flow-runs").statusCode()).isEqualTo(401);
    assertThat(byKey("pk_guess", "/api/v1/flow-runs").statusCode()).isEqualTo(401);
  }

  @Test
  void aKeyWithScopesDoesThatAloneOfWhatItsRoleMay() {
    String key =
        NewKey.make(
            town.store.apiKeys(),
            "narrow",
            new NewKey.Grant(Role.OPERATOR, List.of("runs:read", "deployments:run")),
            "test",
            null);
    Permissions permissions = new Permissions();
    List<String> wrong = new ArrayList<>();
    int may = 0;
    for (Route route : town.server.routes()) {
      Permissions.Scoped needed = permissions.scoped(route);
      if (needed.role() == null || isEndless(route) || route.path().endsWith("/events")) {
        continue;
      }
      HttpResponse<String> answer =
          town.send(
              town.to(real(route).replace(run, "x").replace(deployment.id(), "x"))
                  .header("Authorization", "Bearer " + key)
                  .method(route.method(), BodyPublishers.noBody()));
      boolean allowed = Set.of("runs:read", "deployments:run", "*").contains(needed.scope());
      may += allowed ? 1 : 0;
      if (allowed == (answer.statusCode() == 403)) {
        wrong.add(route.method() + " " + route.path() + ": " + answer.statusCode());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(may).isGreaterThan(20);
    assertThat(byKey(key, "/api/v1/variables").body())
        .contains("it needs the scope variables:read, key narrow has deployments:run, runs:read");
    assertThat(byKey(key, "/runs").statusCode()).isEqualTo(403);
    town.store.apiKeys().revoke("narrow");
  }

  @Test
  void aScopeIsKnownAndForItsRole() throws IOException {
    assertThatThrownBy(() -> new NewKey.Grant(Role.ADMIN, List.of("run:read")))
        .hasMessageContaining("did you mean \"runs:read\"");
    assertThatThrownBy(() -> new NewKey.Grant(Role.OPERATOR, List.of("blocks:write")))
        .hasMessage("blocks:write is not for the role operator: it needs admin");
    assertThat(NewKey.Grant.of(List.of("deployments:run", "runs:read")).role())
        .isEqualTo(Role.OPERATOR);
    assertThat(NewKey.Grant.of(List.of("deployments:write")).role()).isEqualTo(Role.ADMIN);
    String documented = Files.readString(Path.of("../docs/server.md"));
    for (String scope : new Permissions().scopes().keySet()) {
      assertThat(documented).contains("`" + scope + "`");
    }
    for (Route route : town.server.routes()) {
      boolean program = route.path().startsWith("/api/v1/") || route.path().equals("/metrics");
      Permissions.Scoped needed = new Permissions().scoped(route);
      assertThat(needed.scope().equals("-"))
          .as(route.path())
          .isEqualTo(!program || needed.role() == null);
    }
    String page = "name=scoped&role=operator&days=7&scope=runs%3Aread&scope=blocks%3Awrite";
    assertThat(post(admin, "/settings/keys", page).body())
        .contains("blocks:write is not for the role operator");
    post(admin, "/settings/keys", page.replace("&scope=blocks%3Awrite", ""));
    assertThat(get(admin, "/settings").body()).contains("<span class=\"tag\">runs:read</span>");
    town.store.apiKeys().revoke("scoped");
  }

  @Test
  void anAdminMakesUsersAndKeysAndCannotLockThemselvesOut() {
    assertThat(post(admin, "/settings/users", "name=new&role=viewer&password=short").body())
        .contains("from 10 to 1,000 characters")
        .doesNotContain("value=\"short\"");
    assertThat(
            post(admin, "/settings/users", "name=new&role=viewer&password=long+enough+words")
                .statusCode())
        .isEqualTo(303);
    assertThat(post(admin, "/settings/users/new/role", "role=boss").statusCode()).isEqualTo(400);
    assertThat(post(admin, "/settings/users/new/role", "role=operator").statusCode())
        .isEqualTo(303);
    assertThat(town.store.users().find("new").orElseThrow().role()).isEqualTo(Role.OPERATOR);
    assertThat(post(admin, "/settings/users/new/delete", "").statusCode()).isEqualTo(303);
    for (String name : List.of("the-admin", "The-Admin")) {
      String me = "/settings/users/" + name;
      assertThat(post(admin, me + "/delete", "").statusCode()).isEqualTo(409);
      assertThat(post(admin, me + "/role", "role=viewer").statusCode()).isEqualTo(409);
    }
    assertThat(post(admin, "/settings/retention", "days=ever&perFlow=0").body())
        .contains("\"ever\" is not how many", "\"0\" is not how many");
    assertThat(post(admin, "/settings/retention", "days=90&perFlow=50").statusCode())
        .isEqualTo(303);
    assertThat(get(admin, "/settings").body()).contains("value=\"90\"", "value=\"50\"");
    String page = post(admin, "/settings/keys", "name=ci&role=operator&days=7").body();
    Matcher key = Pattern.compile("pk_[A-Za-z0-9_-]{43}").matcher(page);
    assertThat(key.find()).isTrue();
    assertThat(byKey(key.group(), "/api/v1/deployments").statusCode()).isEqualTo(200);
    assertThat(get(admin, "/settings").body()).contains("ci").doesNotContain(key.group());
    assertThat(post(admin, "/settings/keys/ci/revoke", "").statusCode()).isEqualTo(303);
    assertThat(town.store.auditLog().list(Long.MAX_VALUE, 50))
        .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.subject())
        .contains(
            "the-admin create user /settings/users new viewer",
            "the-admin set role /settings/users/new/role operator",
            "the-admin create key /settings/keys ci operator")
        .noneMatch(text -> text.contains("long enough") || text.contains("pk_"));
    assertThat(get(admin, "/audit").body()).contains("create user", "127.0.0.1");
  }

  @Test
  void aChangeIsNotedWithWhoWhatAndFromWhere() {
    assertThat(post(operator, "/deployments/" + deployment.id() + "/pause", "").statusCode())
        .isEqualTo(303);
    AuditEntry entry =
        town.store.auditLog().list(Long.MAX_VALUE, 20).stream()
            .filter(each -> each.action().equals("pause deployment"))
            .findFirst()
            .orElseThrow();
    assertThat(entry.actor()).isEqualTo("the-operator");
    assertThat(entry.subject()).isEqualTo("/deployments/" + deployment.id() + "/pause");
    assertThat(entry.origin()).isEqualTo("127.0.0.1");
  }

  @Test
  void aServerThatOthersReachNeedsUsersAndStaysClosedWithoutThem(@TempDir Path place)
      throws Exception {
    ServerAddress elsewhere = new ServerAddress("127.0.0.2", 0);
    try (Store store = Store.open(StoreUrl.file(place.resolve("store.db")))) {
      assertThatThrownBy(
              () -> PenstockServer.start(elsewhere, store, town.vault, town.files, (_, _) -> "{}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("127.0.0.2")
          .hasMessageContaining("penstock user create NAME --role admin");
      store.users().create("ana", Role.ADMIN, "hash");
      try (PenstockServer server =
          PenstockServer.start(elsewhere, store, town.vault, town.files, (_, _) -> "{}")) {
        assertThat(status(server, "/api/v1/flow-runs")).isEqualTo(401);
        store.users().delete("ana");
        assertThat(status(server, "/api/v1/flow-runs")).isEqualTo(401);
        assertThat(status(server, "/api/v1/health")).isEqualTo(200);
      }
    }
  }

  private static int status(PenstockServer server, String path) throws Exception {
    return town.client()
        .send(
            HttpRequest.newBuilder(java.net.URI.create(server.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
