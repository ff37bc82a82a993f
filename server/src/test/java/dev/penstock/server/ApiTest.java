package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs are answered.
class ApiTest {
  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "{\"parameters\": 1}",
          "{\"tags\": [1]}",
          "{\"input\": {}}",
          "x".repeat(5000));

  @TempDir static Path directory;
  private static Town town;
  private static FlowEnd run;
  private static Deployment deployment;

  @BeforeAll
  static void open() throws InterruptedException {
    town = new Town(directory);
    run = town.run("ingest", "{\"rows\": 100}");
    deployment = town.deploy();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void runsAreListedPageByPage() {
    Map<String, Object> first = json(town.get("/api/v1/flow-runs?limit=1"));
    Map<String, Object> second =
        json(town.get("/api/v1/flow-runs?limit=1&after=" + first.get("after")));
    assertThat(names(first)).hasSize(1);
    assertThat(names(second)).hasSize(1).isNotEqualTo(names(first));
    assertThat(names(json(town.get("/api/v1/flow-runs?flow=Ingest+prices")))).contains(run.name());
  }

  @Test
  void aRunTellsOfItsTasksStatesAndLog() {
    String path = "/api/v1/flow-runs/" + run.run();
    assertThat(json(town.get(path)))
        .containsEntry("name", run.name())
        .containsEntry("flow", "Ingest prices");
    assertThat(names(json(town.get(path + "/task-runs")))).contains("extract-0", "load-0");
    assertThat(names(json(town.get(path + "/states")))).endsWith("Completed");
    assertThat(town.get(path + "/logs?limit=200").body()).contains("fetching yellow");
  }

  @Test
  void everyWrongFieldIsListedAtOnce() {
    HttpResponse<String> refused = town.get("/api/v1/flow-runs?limit=many&state=Exploded");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(refused.body()).contains("\"field\":\"limit\"", "\"field\":\"state\"");
    HttpResponse<String> run =
        post(start(), "{\"parameters\": {\"rows\": \"many\", \"colour\": \"red\"}}");
    assertThat(run.statusCode()).isEqualTo(422);
    assertThat(run.body()).contains("\"field\":\"rows\"", "\"field\":\"colour\"");
  }

  @Test
  void aDeploymentIsRunOnceForOneKey() {
    HttpRequest.Builder request =
        town.to(start())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "monday")
            .POST(HttpRequest.BodyPublishers.ofString("{\"parameters\": {\"rows\": 5}}"));
    HttpResponse<String> made = town.send(request);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).get("parameters")).isEqualTo(Map.of("color", "green", "rows", 5));
    assertThat(json(town.send(request)).get("id")).isEqualTo(json(made).get("id"));
    assertThat(town.get(made.headers().firstValue("Location").orElseThrow()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theFormOfADeploymentSaysWhatIsWrongAndKeepsWhatWasTyped() {
    String page = "/deployments/" + deployment.id();
    assertThat(town.get(page).body()).contains("p.color", "default green", "p.rows", "Start run");
    HttpResponse<String> refused = town.post(page + "/run", "p.rows=many&p.color=red");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "The run was not started: 1 field needs a change.", "value=\"many\"", "value=\"red\"");
    HttpResponse<String> started = town.post(page + "/run", "p.rows=5&tags=by-hand");
    assertThat(started.statusCode()).isEqualTo(303);
    assertThat(town.get(started.headers().firstValue("Location").orElseThrow()).body())
        .contains("by-hand", "no worker of pool default has taken it");
  }

  @Test
  void thePagesOfWhatThereIsAnswer() {
    for (String page :
        List.of(
            "/",
            "/?within=7d",
            "/flows",
            "/deployments",
            "/work-pools",
            "/concurrency",
            "/variables")) {
      assertThat(town.get(page).statusCode()).as(page).isEqualTo(200);
    }
  }

  @Test
  @SuppressWarnings("unchecked") // of a document
  void theDocumentAndTheRoutesSayTheSame() {
    Map<String, Object> paths =
        (Map<String, Object>) json(town.get("/api/v1/openapi.json")).get("paths");
    List<String> missing = new ArrayList<>();
    paths.forEach((path, operations) ->
        ((Map<String, Object>) operations)
            .keySet()
            .forEach(method -> {
              String real = path.replace("{id}", "nobody");
              HttpRequest.Builder request =
                  town.to(real)
                      .method(
                          method.toUpperCase(java.util.Locale.ROOT),
                          HttpRequest.BodyPublishers.noBody());
              HttpResponse<String> answer = town.send(request);
              if (answer.statusCode() == 405 || answer.body().contains("there is no page")) {
                missing.add(method + " " + path);
              }
            }));
    assertThat(missing).isEmpty();
    assertThat(paths).hasSize(town.server.apiPaths().size());
    assertThat(paths.keySet()).containsAll(town.server.apiPaths());
  }

  @Test
  void metricsAreWhatPrometheusReads() {
    town.store.limits().create(Limit.of(new LimitKey(LimitKey.Kind.TAG, "a\"b"), 3));
    town.get("/runs");
    HttpResponse<String> answer = town.get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains(
            "# TYPE penstock_flow_runs gauge\n",
            "penstock_flow_runs{state=\"Late\"} 0\n",
            "penstock_flow_runs_ended_last_hour{type=\"COMPLETED\"} 1\n",
            "penstock_limit_slots{kind=\"tag\",name=\"a\\\"b\"} 3\n",
            "penstock_http_requests_total{route=\"GET /runs\",status=\"2xx\"}",
            "penstock_http_request_seconds_bucket{route=\"GET /runs\",le=\"+Inf\"}");
    assertThat(answer.body().lines())
        .allMatch(line ->
            line.startsWith("# ")
                || line.matches("[a-z_]+(\\{([a-z]+=\"(\\\\.|[^\"\\\\])*\",?)+})? \\S+"));
  }

  @Test
  void noBodyBreaksAnAction() {
    for (String body : BODIES) {
      for (String path :
          List.of(
              start(),
              "/api/v1/flow-runs/" + run.run() + "/resume",
              "/api/v1/flow-runs/nobody/cancel")) {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(path + " " + body).isLessThan(500);
      }
    }
  }

  private static String start() {
    return "/api/v1/deployments/" + deployment.id() + "/flow-runs";
  }

  private static HttpResponse<String> post(String path, String body) {
    return town.send(
        town.to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Map<String, Object> json(HttpResponse<String> answer) {
    Map<String, Object> json = new java.util.LinkedHashMap<>();
    JsonTree.readObject(answer.body()).forEach((name, value) -> json.put(name, value));
    return json;
  }

  private static List<Object> names(Map<String, Object> page) {
    List<Object> names = new ArrayList<>();
    for (Object item : (List<?>) page.get("items")) {
      names.add(((Map<?, ?>) item).get("name"));
    }
    return names;
  }
}
