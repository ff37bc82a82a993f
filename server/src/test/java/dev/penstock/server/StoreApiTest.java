package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.remote.ServerUrl;
import dev.penstock.flow.store.ClaimRequest;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.access.NewKey;
import dev.penstock.server.web.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store behind the server: who may ask it for what, and what of anything else that is sent.
class StoreApiTest {
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "null",
          "[]",
          "5",
          "{\"lease\":null,\"id\":5,\"run\":{\"id\":\"x\"}}",
          "{\"key\":{\"kind\":\"NONE\"},\"name\":[],\"atMost\":-1,\"page\":{\"size\":0}}",
          "{\"lease\":{\"run\":\"x\",\"owner\":\"y\",\"fence\":1},\"move\":{},\"state\":\"Gone\"}",
          "{\"calls\":[null,{\"word\":\"flow-runs/delete\",\"arguments\":\"{}\"}]}",
          "[".repeat(5_000),
          "{\"name\":\"\\u0000'; DROP TABLE flow_run; --\",\"atMost\":1e99}");

  @TempDir static Path directory;
  private static Town town;

  @BeforeAll
  static void open() {
    town = new Town(directory);
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void whateverIsSentIsAnsweredAsItWasMeant() {
    List<String> wrong = new ArrayList<>();
    for (Route route : town.server.routes()) {
      if (route.path().startsWith("/api/v1/store/") && route.method().equals("POST")) {
        for (String body : BODIES) {
          HttpResponse<String> answer =
              town.send(
                  town.to(route.path())
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(body)));
          if (answer.statusCode() >= 500 || answer.body().contains("\tat ")) {
            wrong.add(route.path() + " " + body + ": " + answer.body());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aFileIsKeptOnceItIsWholeAndWhatItSaysItIs() throws Exception {
    String hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    String path = "/api/v1/store/files/" + hash + "/a%20b.txt";
    assertThat(part(path + "?at=6&of=11", "world").body()).isEqualTo("{\"next\":0}");
    assertThat(part(path + "?at=0&of=11", "hello ").body()).isEqualTo("{\"next\":6}");
    assertThat(town.get(path + "?at=0").statusCode()).isEqualTo(404);
    assertThat(part(path + "?at=6&of=11", "world").body()).isEqualTo("{\"next\":11}");
    assertThat(town.get(path + "?at=6").body()).isEqualTo("world");
    assertThat(part(path + "?at=0&of=11", "again").body()).isEqualTo("{\"next\":11}");
    assertThat(town.files.get(hash + "/a b.txt")).hasContent("hello world");
    String other = path.replace("a%20b", "other");
    assertThat(part(other + "?at=0&of=11", "hello_world").body()).contains("is not the file");
    assertThat(part(other + "?at=0&of=11", "hello world").body()).isEqualTo("{\"next\":11}");
    for (String wrong :
        List.of(
            path + "?at=-1&of=11",
            path + "?at=9&of=11",
            path + "?of=11",
            path.replace("b94d", "B94D") + "?at=0&of=5",
            path.replace("a%20b.txt", "..") + "?at=0&of=5",
            path.replace("a%20b.txt", "%5C") + "?at=0&of=5",
            path.replace("a%20b.txt", "%C3%A4".repeat(128)) + "?at=0&of=5")) {
      assertThat(part(wrong, "wrong").statusCode()).as(wrong).isIn(400, 404, 405);
    }
    assertThat(town.get(path + "?at=99").statusCode()).isEqualTo(400);
    String longest = path.replace("a%20b.txt", "%C3%A4".repeat(127) + "b");
    assertThat(part(longest + "?at=0&of=11", "hello world").body()).isEqualTo("{\"next\":11}");
  }

  private static HttpResponse<String> part(String path, String text) {
    return town.send(town.to(path).PUT(BodyPublishers.ofString(text)));
  }

  @Test
  void rolesAreWhatTheyAreElsewhere() throws Exception {
    town.vault.secrets().set("token", Secret.of("hidden-token"));
    town.store.users().create("ana", Role.ADMIN, "none");
    try (Store viewer = as(Role.VIEWER);
        Store operator = as(Role.OPERATOR);
        Store worker = as(Role.WORKER)) {
      assertThat(viewer.variables().list()).isEmpty();
      assertThat(Vault.of(worker, directory, Map.of()).secrets().get("token").reveal())
          .isEqualTo("hidden-token");
      for (Store other : List.of(viewer, operator)) {
        assertThatThrownBy(() -> Vault.of(other, directory, Map.of()).secrets().get("token"))
            .isInstanceOf(StoreUnavailable.class)
            .hasMessageContaining("it needs the role worker");
        assertThatThrownBy(() -> other.flowRuns().claim(request()))
            .hasMessageContaining("it needs the role worker");
        assertThatThrownBy(() -> other.logs().appendSoon(List.of()).join())
            .hasMessageContaining("it needs the role worker");
      }
      operator.variables().set("color", "\"green\"", List.of());
      assertThatThrownBy(() -> worker.users().create("eve", Role.ADMIN, "x"))
          .hasMessageContaining("it needs the role admin");
      assertThat(town.store.auditLog().list(Long.MAX_VALUE, 10))
          .extracting(entry -> entry.actor() + " " + entry.action())
          .contains("key operator set variable");
    } finally {
      town.store.users().delete("ana");
    }
  }

  private static ClaimRequest request() {
    return new ClaimRequest("me", "pool", List.of(), List.of(), 1, Duration.ofSeconds(15));
  }

  private static Store as(Role role) {
    String key =
        NewKey.make(town.store.apiKeys(), role.word(), NewKey.Grant.of(role), "test", null);
    return RemoteStore.of(ServerUrl.of(town.server.url(), Secret.of(key)), Duration.ZERO);
  }

  @Test
  void whoWaitsForRunsIsWokenThroughTheServer() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    try (Store remote = RemoteStore.of(ServerUrl.of(town.server.url(), null), Duration.ZERO);
        AutoCloseable _ = remote.listenForRuns(_ -> woken.countDown())) {
      for (int i = 0; woken.getCount() > 0 && i < 100; i++) {
        FlowRun.Origin origin = new FlowRun.Origin("f", null, "pool", "default", 0, null, null);
        town.store
            .flowRuns()
            .create(
                new NewFlowRun("woken-" + i, "a", origin, FlowRun.Call.of("{}", List.of()), null));
        woken.await(100, TimeUnit.MILLISECONDS);
      }
    }
    assertThat(woken.getCount()).isZero();
  }
}
