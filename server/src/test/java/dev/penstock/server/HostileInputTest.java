package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.ApiKeys;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent, the answer is one that was meant: never a 500, never a stack trace.
class HostileInputTest {
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "99999999999999999999",
          "null",
          "{}",
          "[[[[",
          "'; DROP TABLE flow_run; --",
          "%",
          "_!%",
          Shop.HOSTILE,
          "../../etc/passwd",
          "\u0000",
          "\uD83D\uDE80",
          "a".repeat(3000),
          "javascript:alert(1)");

  private static final List<String> NAMES =
      List.of(
          "q",
          "state",
          "flow",
          "deployment",
          "tag",
          "within",
          "after",
          "before",
          "task",
          "tab",
          "level",
          "from",
          "limit");

  @TempDir static Path directory;
  private static Town town;
  private static String run;

  @BeforeAll
  static void open() throws InterruptedException {
    town = new Town(directory);
    run = town.run("ingest", "{\"rows\": 20}").run();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void noValueInAnAddressBreaksAPage() {
    for (String path : List.of("/runs", "/runs/" + run)) {
      for (String value : VALUES) {
        String one = "=" + encode(value) + "&";
        check(town.get(path + "?" + String.join(one, NAMES) + one));
      }
      for (String name : NAMES) {
        check(town.get(path + "?" + name + "=" + encode("%'\"<\u0000\uD83D\uDE80")));
      }
    }
    for (String value : VALUES) {
      if (!value.isEmpty()) {
        check(town.get("/runs/" + encode(value)));
        check(town.get("/assets/" + encode(value) + "/penstock.css"));
        check(town.get("/" + encode(value)));
      }
    }
  }

  @Test
  void noFormBreaksAnAction() {
    for (String value : VALUES) {
      for (String action : List.of("cancel", "pause", "resume", "retry", "delete")) {
        check(town.post("/runs/" + encode(value.isEmpty() ? "x" : value) + "/" + action, value));
      }
      check(town.post("/runs/delete", "run=" + encode(value)));
      check(town.post("/runs/" + run + "/resume", "input=" + encode(value)));
    }
    check(town.post("/runs/delete", "%zz=%"));
  }

  @Test
  void aBodyThatIsTooLongIsRefusedAndTheRefusalIsSeen() {
    for (String path : List.of("/runs/cancel", "/api/v1/flow-runs", "/nowhere")) {
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer = town.post(path, "run=" + "x".repeat((1 << 20) + i * 100_000));
        assertThat(answer.statusCode()).as(path).isIn(404, 405, 413);
      }
    }
    assertThat(town.post("/runs/cancel", "x".repeat(2 << 20)).body()).contains("too long", "1 MiB");
  }

  @Test
  void whatIsNoHttpIsNotAnsweredWithMoreThanARefusal() throws Exception {
    List<String> requests = new ArrayList<>();
    requests.add("GET /runs?q=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    requests.add("GET /runs/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    requests.add(
        "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    requests.add(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
            + "a".repeat(40_000)
            + "\r\nConnection: close\r\n\r\n");
    requests.add("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    requests.add("nonsense\r\n\r\n");
    for (String request : requests) {
      String answer = raw(request);
      assertThat(answer).doesNotContain(" 500 ").doesNotContain("at dev.penstock", "Exception");
    }
  }

  @Test
  void whatCannotBeReadIsRefusedAsTheApiSays() throws Exception {
    Wire wire = new Wire(URI.create(town.server.url()).getPort());
    for (String target :
        List.of("/api/v1/flow-runs?q=%zz", "/api/v1/flow-runs/%zz", "/api/v1/flow-runs/%")) {
      Wire.Got got = wire.send(new Wire.Sent("GET", target));
      assertThat(got.status()).as(target).isEqualTo(400);
      assertThat(got.type()).as(target).isEqualTo("application/problem+json");
      assertThat(got.body()).as(target).contains("\"status\":400", "This cannot be read");
    }
  }

  private static String raw(String request) throws Exception {
    int port = URI.create(town.server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return firstPart(socket.getInputStream());
      } catch (SocketException e) {
        return ""; // hung up on us
      }
    }
  }

  private static String firstPart(InputStream in) throws IOException {
    byte[] part = new byte[16_384];
    int length = Math.max(0, in.read(part));
    return new String(part, 0, length, StandardCharsets.UTF_8);
  }

  @Test
  void otherSitesCannotHaveABrowserActHere() {
    HttpRequest.Builder from =
        town.to("/runs/" + run + "/delete").POST(HttpRequest.BodyPublishers.ofString(""));
    assertThat(town.send(from.header("Origin", "https://elsewhere.example")).statusCode())
        .isEqualTo(403);
    assertThat(
            town.send(
                    town.to("/runs/" + run + "/delete")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.ofString("")))
                .statusCode())
        .isEqualTo(403);
    assertThat(town.get("/runs/" + run).statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatPointsHereIsNotAnswered() throws Exception {
    assertThat(raw("GET /runs HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"))
        .contains(" 421 ")
        .doesNotContain(run);
  }

  @Test
  void noHostIsListenedOnThatOthersReachWithoutUsers() {
    ServerAddress all = new ServerAddress("0.0.0.0", 0);
    assertThatThrownBy(
            () -> PenstockServer.start(all, town.store, town.vault, town.files, (_, _) -> "{}"))
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("without users");
    assertThatThrownBy(() -> new ServerAddress("127.0.0.1", 70_000)).hasMessageContaining("70000");
  }

  @Test
  void noPageAndNoAnswerTellsASecret() {
    Vault vault = Vault.of(town.store, directory);
    vault.secrets().set("token", Secret.of("s3cret-of-the-vault"));
    town.store
        .apiKeys()
        .create(new ApiKeys.NewKey("ci", "hash-of-a-key", Role.VIEWER, List.of(), "test", null));
    for (Route route : town.server.routes()) {
      if (route.method().equals("GET") && !route.path().endsWith("/events")) {
        String path = route.path().replace("{id}", run).replaceAll("\\{\\w+}", "token");
        assertThat(town.get(path).body())
            .as(path)
            .doesNotContain("s3cret-of-the-vault", "hash-of-a-key");
      }
    }
  }

  @Test
  void everyAnswerForbidsScriptsOfOthers() {
    for (String path : List.of("/runs", "/nowhere", "/api/v1/health")) {
      HttpResponse<String> answer = town.get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(
              policy -> assertThat(policy).contains("script-src 'self'").doesNotContain("unsafe"));
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(town.get("/runs/" + run).body())
        .doesNotContainPattern("<script>")
        .doesNotContainPattern(" style=")
        .doesNotContainPattern(" on[a-z]+=\"");
  }

  private static void check(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.uri().toString()).isLessThan(500);
    assertThat(answer.body())
        .as(answer.uri().toString())
        .doesNotContain("at dev.penstock", "Exception:\n\tat")
        .doesNotContain(Shop.HOSTILE);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
