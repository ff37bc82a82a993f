package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.access.Passwords;
import dev.penstock.server.oidc.OidcSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logging in by an identity provider.
class OidcTest {
  @TempDir static Path directory;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestIssuer issuer;
  private static Store store;
  private static PenstockServer server;

  @BeforeAll
  static void open() throws Exception {
    issuer = new TestIssuer();
    store = Store.open(StoreUrl.file(directory.resolve("penstock.db")));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PENSTOCK_OIDC_ISSUER", issuer.url());
    environment.put("PENSTOCK_OIDC_CLIENT_ID", TestIssuer.CLIENT);
    environment.put("PENSTOCK_OIDC_CLIENT_SECRET", TestIssuer.SECRET);
    environment.put("PENSTOCK_OIDC_ROLE_CLAIM", "groups");
    environment.put("PENSTOCK_OIDC_ROLES", "etl-team=operator, ops=admin");
    server =
        PenstockServer.start(
            new ServerAddress("127.0.0.1", 0),
            store,
            Vault.of(store, directory, Map.of()),
            new ResultFiles(directory),
            (_, _) -> "{}",
            OidcSettings.of(environment));
  }

  @AfterAll
  static void close() {
    server.close();
    store.close();
    issuer.close();
  }

  private static HttpResponse<String> get(String url, String cookie) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  /// There, and back to where the server is told who has logged in.
  private static HttpResponse<String> login() throws Exception {
    HttpResponse<String> begun = get(server.url() + "/login/oidc?next=/runs%3Fq%3Dx", "");
    assertThat(begun.statusCode()).isEqualTo(303);
    return get(location(get(location(begun), "")), cookie(begun));
  }

  private static Map<String, Object> person(String subject, String name, String... groups) {
    return Map.of("sub", subject, "preferred_username", name, "groups", List.of(groups));
  }

  @Test
  void whoeverTheProviderLetsInHasTheRoleThatItClaims() throws Exception {
    issuer.says(person("1", "Ana", "everybody", "etl-team"));
    HttpResponse<String> in = login();
    assertThat(location(in)).isEqualTo("/runs?q=x");
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).contains("; HttpOnly");
    assertThat(get(server.url() + "/account", cookie(in)).body())
        .contains("ana", "An operator starts");
    assertThat(store.users().find("ana").orElseThrow().role()).isEqualTo(Role.OPERATOR);
    issuer.says(person("1", "Ana", "ops", "etl-team"));
    assertThat(login().statusCode()).isEqualTo(303);
    assertThat(store.users().find("ana").orElseThrow().role()).isEqualTo(Role.ADMIN);
    assertThat(get(server.url() + "/login", "").body()).contains("/login/oidc?next=");
  }

  @Test
  void whoHasNoRoleOrAnothersNameIsNotLetIn() throws Exception {
    issuer.says(person("2", "eve", "everybody"));
    HttpResponse<String> none = login();
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(none.body()).contains("gives eve no role");
    store.users().create("bob", Role.ADMIN, Passwords.hash(Secret.of("correct horse battery")));
    issuer.says(person("3", "bob", "etl-team"));
    assertThat(login().statusCode()).isEqualTo(409);
    assertThat(store.users().find("bob").orElseThrow().role()).isEqualTo(Role.ADMIN);
    issuer.says(person("4", "carl", "etl-team"));
    assertThat(login().statusCode()).isEqualTo(303);
    issuer.says(person("5", "carl", "ops"));
    assertThat(login().statusCode()).isEqualTo(409);
    issuer.says(person("6", "../x", "ops"));
    assertThat(login().statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotToBeBelievedLetsNobodyIn() throws Exception {
    Map<String, Map<String, ?>> lies =
        Map.of(
            "another login", Map.of("nonce", "guess"),
            "another client", Map.of("aud", "other"),
            "two clients", Map.of("aud", List.of(TestIssuer.CLIENT, "other")),
            "another party", Map.of("azp", "other"),
            "another issuer", Map.of("iss", "https://evil.example"),
            "the past", Map.of("exp", 1),
            "the future", Map.of("iat", 99_999_999_999L),
            "nobody", Map.of("sub", ""));
    for (Map.Entry<String, Map<String, ?>> lie : lies.entrySet()) {
      Map<String, Object> all = new LinkedHashMap<>(person("7", "eve", "ops"));
      all.putAll(lie.getValue());
      issuer.says(all);
      assertThat(login().statusCode()).as(lie.getKey()).isEqualTo(502);
    }
    issuer.says(person("7", "eve", "ops"));
    String other = TestIssuer.part("{\"sub\":\"1\",\"groups\":[\"ops\"]}");
    List<UnaryOperator<String>> forgeries =
        List.of(
            token -> token.substring(0, token.lastIndexOf('.') + 1),
            token -> token.replaceFirst("\\.[^.]+\\.", "." + other + "."),
            token -> token.replaceFirst("^[^.]+", TestIssuer.part("{\"alg\":\"none\"}")),
            token -> token.replaceFirst("^[^.]+", TestIssuer.part("{\"alg\":\"HS256\"}")),
            token ->
                token.replaceFirst("^[^.]+", TestIssuer.part("{\"alg\":\"RS256\",\"kid\":\"2\"}")),
            _ -> "a.b",
            _ -> "");
    for (UnaryOperator<String> forgery : forgeries) {
      issuer.forging(forgery);
      HttpResponse<String> answer = login();
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.body()).doesNotContain(TestIssuer.SECRET, "alg");
    }
    assertThat(store.users().find("eve")).isEmpty();
  }

  @Test
  void aLoginIsEndedByTheBrowserThatHasBegunIt() throws Exception {
    issuer.says(person("1", "ana", "ops"));
    HttpResponse<String> begun = get(server.url() + "/login/oidc", "");
    HttpResponse<String> another = get(server.url() + "/login/oidc", "");
    String back = location(get(location(begun), ""));
    assertThat(get(back, "").statusCode()).isEqualTo(400);
    assertThat(get(back, cookie(another)).statusCode()).isEqualTo(400);
    String code = back.replaceFirst(".*code=([^&]+).*", "$1");
    String stolen = location(get(location(another), "")).replaceFirst("code=[^&]+", "code=" + code);
    assertThat(get(stolen, cookie(another)).statusCode()).as("another verifier").isEqualTo(502);
    assertThat(location(begun)).contains("code_challenge_method=S256", "response_type=code");
  }

  @Test
  void aServerWithAProviderIsClosedBeforeTheFirstUser() throws Exception {
    assertThat(get(server.url() + "/api/v1/flow-runs", "").statusCode()).isEqualTo(401);
    assertThatThrownBy(() ->
            OidcSettings.of(
                Map.of(
                    "PENSTOCK_OIDC_ISSUER",
                    "http://login.example.org",
                    "PENSTOCK_OIDC_CLIENT_ID",
                    "x")))
        .hasMessageContaining("must be a URL with https");
  }
}
