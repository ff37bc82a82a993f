package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.worker.Scheduler;
import dev.penstock.server.web.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
    FlowRun stored = town.store.flowRuns().find(run.run()).orElseThrow();
    String made = stored.times().created().toString();
    assertThat(names(json(town.get("/api/v1/flow-runs?since=" + made)))).contains(run.name());
    assertThat(names(json(town.get("/api/v1/flow-runs?until=" + made)))).doesNotContain(run.name());
  }

  @Test
  void aRunTellsOfItsTasksStatesAndLog() {
    String path = "/api/v1/flow-runs/" + run.run();
    assertThat(json(town.get(path)))
        .containsEntry("name", run.name())
        .containsEntry("flow", "Ingest prices");
    List<?> tasks = names(json(town.get(path + "/task-runs")));
    assertThat(tasks).asString().contains("extract-0", "load-0");
    List<Object> paged = new ArrayList<>();
    Object after = "";
    while (after != null) {
      Map<String, Object> page = json(town.get(path + "/task-runs?limit=1&after=" + after));
      assertThat(names(page)).hasSize(1);
      paged.addAll(names(page));
      after = page.get("after");
    }
    assertThat(paged).isEqualTo(tasks);
    assertThat(names(json(town.get(path + "/states")))).endsWith("Completed");
    assertThat(town.get(path + "/logs?limit=200").body()).contains("fetching yellow");
  }

  @Test
  void whatHasANameIsListedPageByPageThoughItIsDeletedMeanwhile() {
    for (String name : List.of("b", "c", "a", "d")) {
      town.store.variables().set("paged-" + name, "1", List.of());
    }
    List<Object> all = names(json(town.get("/api/v1/variables")));
    Map<String, Object> first = json(town.get("/api/v1/variables?limit=" + (all.size() - 2)));
    assertThat(names(first)).endsWith("paged-b");
    town.store.variables().delete("paged-c");
    Map<String, Object> last = json(town.get("/api/v1/variables?after=" + first.get("after")));
    assertThat(names(last)).containsExactly("paged-d");
    assertThat(last.get("after")).isNull();
    assertThat(town.get("/api/v1/variables?after=%25").statusCode()).isEqualTo(400);
    List.of("a", "b", "d").forEach(name -> town.store.variables().delete("paged-" + name));
  }

  @Test
  void everyWrongFieldIsListedAtOnce() {
    HttpResponse<String> refused = town.get("/api/v1/flow-runs?limit=many&state=Exploded");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(refused.body()).contains("\"field\":\"limit\"", "\"field\":\"state\"");
    assertThat(town.get("/api/v1/flow-runs?limit=0&stat=Failed&after=nobody").body())
        .contains("\"field\":\"limit\"", "\"field\":\"stat\"", "\"field\":\"after\"");
    assertThat(town.get("/api/v1/deployments?flow=x").body()).contains("\"field\":\"flow\"");
    String path = "/api/v1/flow-runs/" + run.run();
    assertThat(post(path + "/retry", "{\"fromStart\": \"yes\", \"fromstart\": true}").body())
        .contains("\"field\":\"fromStart\"", "\"field\":\"fromstart\"");
    assertThat(post(path + "/state", "{\"state\": \"Runing\", \"message\": 5, \"why\": 1}").body())
        .contains("\"field\":\"state\"", "\"field\":\"message\"", "\"field\":\"why\"");
    assertThat(post(path + "/resume", "{\"answer\": 1}").body()).contains("\"field\":\"answer\"");
    HttpResponse<String> refusedRun =
        post(start(), "{\"parameters\": {\"rows\": \"many\", \"colour\": \"red\"}}");
    assertThat(refusedRun.statusCode()).isEqualTo(422);
    assertThat(refusedRun.body()).contains("\"field\":\"rows\"", "\"field\":\"colour\"");
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
    for (String other : List.of("{\"parameters\": {\"rows\": 6}}", "{}", "{\"tags\": [\"x\"]}")) {
      HttpResponse<String> refused =
          town.send(request.POST(HttpRequest.BodyPublishers.ofString(other)));
      assertThat(refused.statusCode()).as(other).isEqualTo(422);
      assertThat(refused.body()).contains("used for something else", "Idempotency-Key");
    }
    assertThat(town.get(made.headers().firstValue("Location").orElseThrow()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBackfillIsStartedOnceForOneKeyAndLeavesOutWhatHasCompleted() {
    String path = "/api/v1/deployments/" + deployment.id();
    HttpResponse<String> wrong =
        post(
            path + "/backfills",
            "{\"from\": \"monday\", \"parallelism\": 0, \"again\": 1, \"spec\": \"cron x\", \"till\": 1}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
    for (String field : List.of("from", "to", "parallelism", "again", "spec", "till")) {
      assertThat(wrong.body()).contains("\"field\":\"" + field + "\"");
    }
    assertThat(
            post(
                    path + "/backfills",
                    "{\"from\": \"2026-05-04\", \"to\": \"2999-05-06\", \"spec\": \"cron 0 6 * * *\"}")
                .body())
        .contains("\"field\":\"to\"", "is still to come");
    String days = "{\"from\": \"2026-05-04\", \"to\": \"2026-05-06\"";
    assertThat(post(path + "/backfills", days + "}").body())
        .contains("has 0 schedules: say which ticks are meant");
    String spec = ", \"spec\": \"cron 30 2 * * * zone=Europe/Berlin\"";
    HttpRequest.Builder request =
        town.to(path + "/backfills")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "may")
            .POST(HttpRequest.BodyPublishers.ofString(days + spec + ", \"parallelism\": 2}"));
    HttpResponse<String> made = town.send(request);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made)).containsEntry("backfill", true).containsEntry("maxActive", 2);
    new Scheduler(town.store).tick();
    List<FlowRun> runs =
        town.store.flowRuns().list(RunFilter.ALL, Page.first(50)).stream()
            .filter(each -> each.call().intervalTo() != null)
            .toList();
    assertThat(runs)
        .extracting(each -> each.call().intervalTo())
        .containsExactlyInAnyOrder(
            Instant.parse("2026-05-04T00:30:00Z"), Instant.parse("2026-05-05T00:30:00Z"));
    runs.forEach(each -> town.store.flowRuns().force(each.id(), StateName.COMPLETED, ""));
    assertThat(json(town.send(request)).get("id")).isEqualTo(json(made).get("id"));
    HttpResponse<String> other =
        town.send(request.POST(HttpRequest.BodyPublishers.ofString(days + spec + "}")));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("used for something else", "Idempotency-Key");
    HttpResponse<String> done = post(path + "/backfills", days + spec + "}");
    assertThat(done.body()).contains("\"field\":\"again\"", "have completed");
    HttpResponse<String> again = post(path + "/backfills", days + spec + ", \"again\": true}");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(json(town.get(again.headers().firstValue("Location").orElseThrow())))
        .containsEntry("id", json(again).get("id"))
        .containsEntry("catchUp", "all");
    runs.forEach(each -> town.store.flowRuns().delete(each.id()));
    town.store
        .schedules()
        .of(deployment.id())
        .forEach(each -> town.store.schedules().delete(each.id()));
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
              String real = path.replaceAll("\\{\\w+}", "nobody");
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

  /// Each schema that is named is there, and what is answered has its members and no others.
  @Test
  void whatIsAnsweredIsWhatTheDocumentSays() {
    Map<?, ?> document = json(town.get("/api/v1/openapi.json"));
    Map<?, ?> schemas = (Map<?, ?>) ((Map<?, ?>) document.get("components")).get("schemas");
    town.store.variables().set("color", "1", List.of());
    Map<String, String> answers = new java.util.LinkedHashMap<>();
    answers.put("/api/v1/health", "Health");
    answers.put("/api/v1/openapi.json", "Document");
    answers.put("/api/v1/flow-runs?limit=3", "FlowRunPage");
    answers.put("/api/v1/flow-runs/" + run.run(), "FlowRun");
    answers.put("/api/v1/flow-runs/" + run.run() + "/states", "StatePage");
    answers.put("/api/v1/flow-runs/" + run.run() + "/task-runs", "TaskRunPage");
    answers.put("/api/v1/flow-runs/" + run.run() + "/task-states", "Counts");
    answers.put("/api/v1/flow-runs/" + run.run() + "/logs", "LogPage");
    answers.put("/api/v1/flow-runs/" + run.run() + "/artifacts", "ArtifactPage");
    answers.put("/api/v1/deployments", "DeploymentPage");
    answers.put("/api/v1/deployments/" + deployment.id(), "Deployment");
    answers.put("/api/v1/deployments/" + deployment.id() + "/schedules", "SchedulePage");
    answers.put("/api/v1/variables", "VariablePage");
    answers.put("/api/v1/variables/color", "Variable");
    answers.put("/api/v1/secrets", "SecretPage");
    answers.put("/api/v1/block-types", "BlockTypePage");
    answers.put("/api/v1/blocks", "BlockPage");
    answers.put("/api/v1/work-pools", "WorkPoolPage");
    answers.put("/api/v1/workers", "WorkerPage");
    answers.put("/api/v1/concurrency-limits", "LimitPage");
    answers.put("/api/v1/flows", "FlowPage");
    answers.put("/api/v1/events", "EventPage");
    answers.put("/api/v1/automations", "AutomationPage");
    List<String> wrong = new ArrayList<>();
    answers.forEach((path, schema) ->
        fits(
            json(town.get(path)),
            Map.of("$ref", "#/components/schemas/" + schema),
            schemas,
            path,
            wrong));
    fits(
        json(town.get("/api/v1/flow-runs/nobody")),
        schemas.get("Problem"),
        schemas,
        "problem",
        wrong);
    assertThat(wrong).isEmpty();
  }

  private static void fits(
      Object value, Object schema, Map<?, ?> schemas, String at, List<String> wrong) {
    Map<?, ?> wanted = (Map<?, ?>) schema;
    if (wanted.get("$ref") instanceof String reference) {
      Object named = schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
      if (named == null) {
        wrong.add(at + ": there is no schema " + reference);
      } else {
        fits(value, named, schemas, at, wrong);
      }
    } else if (wanted.get("anyOf") instanceof List<?> choices) {
      if (value != null) {
        fits(value, choices.getFirst(), schemas, at, wrong);
      }
    } else if (wanted.get("properties") instanceof Map<?, ?> properties) {
      Map<?, ?> object = (Map<?, ?>) value;
      object.forEach((name, member) -> {
        if (properties.get(name) == null) {
          wrong.add(at + ": " + name + " is in no schema");
        } else {
          fits(member, properties.get(name), schemas, at + "." + name, wrong);
        }
      });
      if (wanted.get("required") instanceof List<?> required
          && !object.keySet().containsAll(required)) {
        wrong.add(at + ": has " + object.keySet() + " of " + required);
      }
    } else {
      boolean right =
          switch (String.valueOf(wanted.get("type"))) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            default -> true;
          };
      if (!right) {
        wrong.add(at + ": " + value + " is no " + wanted.get("type"));
      } else if (value instanceof List<?> list && wanted.get("items") != null) {
        list.forEach(each -> fits(each, wanted.get("items"), schemas, at + "[]", wrong));
      }
    }
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
  void metricsTellOfPipelinesWhileTheyRun() {
    FlowRun running = town.pump(deployment, town.figures(1234));
    String labels =
        "{flow=\"Ingest prices\",deployment=\"nightly\",run=\""
            + running.id()
            + "\",task=\"load-0\"";
    assertThat(town.get("/metrics").body().lines())
        .contains("penstock_pipeline_lag" + labels + "} 1234")
        .anyMatch(line ->
            line.matches(
                Pattern.quote("penstock_pipeline_records_total" + labels)
                    + ",number=\"1\",step=\".+\"} 100"))
        .anyMatch(line ->
            line.matches(
                Pattern.quote("penstock_pipeline_failed_total" + labels)
                    + ",number=\"3\",step=\"map.+\"} 0"))
        .noneMatch(line -> line.contains(run.run()));
    town.store.flowRuns().force(running.id(), StateName.CANCELLED, "");
    assertThat(town.get("/metrics").body()).doesNotContain(running.id());
  }

  @Test
  void noBodyBreaksAnAction() {
    for (Route route : town.server.routes()) {
      if (!route.path().startsWith("/api/") || route.method().equals("GET")) {
        continue;
      }
      List<String> names =
          route.path().contains("{") ? List.of("nobody", "a%20b", "%27%22%3C") : List.of("");
      for (String name : names) {
        String path =
            route
                .path()
                .replace("/deployments/{id}/", "/deployments/" + deployment.id() + "/")
                .replace("{kind}", "tag")
                .replaceAll("\\{\\w+}", name);
        for (String body : BODIES) {
          HttpResponse<String> answer = send(route.method(), path, body);
          assertThat(answer.statusCode()).as(path + " " + body).isLessThan(500);
        }
      }
    }
    assertThat(post("/api/v1/flow-runs/" + run.run() + "/resume", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsTooLongTooDeepOrTooLateForTheStoreIsRefused() {
    String limits = "/api/v1/concurrency-limits/tag/";
    String slots = "{\"slots\": 1, \"decay\": ";
    String hook = "/api/v1/automations/never";
    String absence =
        "{\"definition\": {\"trigger\": {\"@type\": \"OnAbsence\", \"runs\": {\"flows\": [],"
            + " \"deployments\": [], \"tags\": [], \"names\": []}, \"after\": [], \"expected\":"
            + " [\"Failed\"], \"within\": \"PT9223372036854775807S\"}, \"actions\": [{\"@type\":"
            + " \"CancelRun\"}]}}";
    String longText = "x".repeat(501);
    List<HttpResponse<String>> refused =
        List.of(
            send("PUT", limits + "ever", slots + "\"PT9223372036854775807S\"}"),
            send("PUT", limits + "ever", slots + "\"-PT1S\"}"),
            send("PUT", limits + longText, "{\"slots\": 1}"),
            send("PUT", limits + "ever", "{\"slots\": 2147483647}"),
            send("PUT", "/api/v1/work-pools/ever", "{\"limit\": 2147483647}"),
            send("PUT", "/api/v1/work-pools/%20", ""),
            send("PUT", "/api/v1/work-pools/" + longText, ""),
            post(start(), "{\"tags\": [\"" + longText + "\"]}"),
            send("PUT", hook, absence),
            send("PUT", hook, absence.replace("PT9223372036854775807S", "an hour")),
            post(
                "/api/v1/deployments/" + deployment.id() + "/schedules",
                "{\"spec\": \"interval P106751991167300D anchor=2026-01-01T00:00:00Z\"}"),
            town.get("/api/v1/flow-runs?since=%2B1000000000-12-31T23:59:59Z"));
    for (HttpResponse<String> each : refused) {
      assertThat(each.statusCode()).as(each.uri() + " " + each.body()).isEqualTo(400);
      assertThat(each.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(each.body()).doesNotContain("Exception");
    }
    assertThat(send("PUT", limits + "%20", "{\"slots\": 1}").statusCode()).isEqualTo(404);
    String deep = "[".repeat(498) + "]".repeat(498);
    assertThat(send("PUT", "/api/v1/variables/deep", "{\"value\": " + deep + "}").statusCode())
        .isEqualTo(200);
    assertThat(town.get("/api/v1/variables").body()).contains(deep);
    send("DELETE", "/api/v1/variables/deep", "");
  }

  @Test
  void aVariableIsNotOverwrittenByWhoeverHasSeenAnOlderOne() {
    String path = "/api/v1/variables/region";
    HttpResponse<String> first = send("PUT", path, "{\"value\": [1, 2], \"tags\": [\"a\"]}");
    assertThat(first.statusCode()).isEqualTo(200);
    String seen = first.headers().firstValue("ETag").orElseThrow();
    assertThat(json(town.get(path))).containsEntry("value", List.of(1, 2));
    HttpRequest.Builder again =
        town.to(path)
            .header("Content-Type", "application/json")
            .header("If-Match", seen)
            .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": \"eu\"}"));
    HttpResponse<String> changed = town.send(again);
    assertThat(json(changed)).containsEntry("value", "eu").containsEntry("tags", List.of("a"));
    assertThat(town.send(again).statusCode()).isEqualTo(412);
    assertThat(town.get("/api/v1/variables").body()).contains("region");
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void poolsAndLimitsAreSetAndShown() {
    HttpResponse<String> wrong =
        send("PUT", "/api/v1/work-pools/api", "{\"type\": \"cloud\", \"limit\": -1, \"x\": 1}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("\"field\":\"type\"", "\"field\":\"limit\"", "\"field\":\"x\"");
    String pool = "{\"type\": \"inline\", \"limit\": 4, \"paused\": true}";
    assertThat(json(send("PUT", "/api/v1/work-pools/api", pool)))
        .containsEntry("type", "inline")
        .containsEntry("limit", 4)
        .containsEntry("paused", true);
    assertThat(names(json(town.get("/api/v1/work-pools")))).contains("api", "default");
    assertThat(send("DELETE", "/api/v1/work-pools/default", "").statusCode()).isEqualTo(409);
    assertThat(send("DELETE", "/api/v1/work-pools/api", "").statusCode()).isEqualTo(200);
    String limit = "/api/v1/concurrency-limits/tag/api";
    assertThat(json(send("PUT", limit, "{\"slots\": 3, \"decay\": \"1s\"}")))
        .containsEntry("slots", 3)
        .containsEntry("decay", "PT1S");
    assertThat(names(json(town.get("/api/v1/concurrency-limits")))).contains("api");
    assertThat(json(send("POST", limit + "/free", ""))).containsEntry("freed", 0);
    assertThat(send("DELETE", limit, "").statusCode()).isEqualTo(200);
    assertThat(town.get(limit).statusCode()).isEqualTo(404);
    assertThat(town.get("/api/v1/workers").statusCode()).isEqualTo(200);
  }

  @Test
  void aSecretIsSetAndNeverTold() {
    String path = "/api/v1/secrets/of-the-api";
    HttpResponse<String> wrong = send("PUT", path, "{\"valu\": \"hunter2\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"field\":\"value\"").doesNotContain("hunter2");
    assertThat(send("PUT", path, "{\"value\": \"hunter2\"}").body())
        .contains("of-the-api")
        .doesNotContain("hunter2");
    assertThat(town.vault.secrets().get("of-the-api").reveal()).isEqualTo("hunter2");
    assertThat(town.get("/api/v1/secrets").body()).contains("of-the-api").doesNotContain("hunter2");
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(town.get("/api/v1/blocks").statusCode()).isEqualTo(200);
    assertThat(town.get("/api/v1/blocks/smtp/none").statusCode()).isEqualTo(404);
  }

  @Test
  void theDocumentIsAPageForPeople() {
    assertThat(town.get("/api").body())
        .contains("/api/v1/flow-runs/{id}/cancel", "Asks it to stop.", "If-Match", "slots");
  }

  @Test
  void aScheduleIsAddedOnceAndSteered() {
    String path = "/api/v1/deployments/" + deployment.id() + "/schedules";
    assertThat(send("POST", path, "{\"spec\": \"whenever\", \"catchUp\": \"some\"}").body())
        .contains("\"field\":\"spec\"", "\"field\":\"catchUp\"");
    String body =
        JsonTree.write(
            Map.of("spec", Schedule.cron("30 2 * * *", java.time.ZoneOffset.UTC).text()));
    HttpResponse<String> added = send("POST", path, body);
    assertThat(added.statusCode()).isEqualTo(201);
    String one = path + "/" + json(added).get("id");
    assertThat(json(send("POST", path, body)).get("id")).isEqualTo(json(added).get("id"));
    assertThat(json(send("POST", one + "/pause", ""))).containsEntry("active", false);
    assertThat(json(send("POST", one + "/resume", ""))).containsEntry("active", true);
    assertThat(send("DELETE", one, "").statusCode()).isEqualTo(200);
    String deployed = "/api/v1/deployments/" + deployment.id();
    assertThat(json(send("POST", deployed + "/pause", ""))).containsEntry("paused", true);
    assertThat(json(send("POST", deployed + "/resume", ""))).containsEntry("paused", false);
  }

  @Test
  void whatRunsLeaveAndWhatHappenedIsListed() {
    Map<String, Object> left = json(town.get("/api/v1/flow-runs/" + run.run() + "/artifacts"));
    for (Object item : (List<?>) left.get("items")) {
      String id = String.valueOf(((Map<?, ?>) item).get("id"));
      assertThat(json(town.get("/api/v1/artifacts/" + id))).isEqualTo(item);
    }
    Map<String, Object> events = json(town.get("/api/v1/events?limit=2"));
    assertThat(names(events)).hasSize(2);
    assertThat(names(json(town.get("/api/v1/events?limit=2&after=" + events.get("after")))))
        .isNotEmpty();
    assertThat(names(json(town.get("/api/v1/flows")))).contains("Ingest prices");
    assertThat(json(town.get("/api/v1/automations"))).containsKey("items");
    assertThat(town.get("/api/v1/automations/none").statusCode()).isEqualTo(404);
  }

  private static String start() {
    return "/api/v1/deployments/" + deployment.id() + "/flow-runs";
  }

  private static HttpResponse<String> post(String path, String body) {
    return send("POST", path, body);
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    return town.send(
        town.to(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
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
