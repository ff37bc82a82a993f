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
