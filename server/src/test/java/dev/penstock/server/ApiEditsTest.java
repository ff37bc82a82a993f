package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.schedule.Schedule;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What two people may edit by the API: made, read, changed and deleted, and never overwritten by
/// whoever has not seen what is there.
class ApiEditsTest {
  private static final String HOOK = "/api/v1/blocks/webhook/ops";
  private static final String NIGHT = "/api/v1/automations/night";

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

  /// @param conditions names and values of headers
  private static HttpResponse<String> put(String path, String body, String... conditions) {
    var request = town.to(path).header("Content-Type", "application/json");
    for (int i = 0; i < conditions.length; i += 2) {
      request.header(conditions[i], conditions[i + 1]);
    }
    return town.send(request.PUT(BodyPublishers.ofString(body)));
  }

  private static int delete(String path) {
    return town.send(town.to(path).DELETE()).statusCode();
  }

  private static String etag(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private static Object member(HttpResponse<String> answer, String name) {
    return JsonTree.readObject(answer.body()).get(name);
  }

  /// Made, changed by one of two, deleted.
  private static void edit(String path, String first, String second) {
    HttpResponse<String> made = put(path, first, "If-None-Match", "*");
    String seen = etag(made);
    assertThat(etag(town.get(path))).isEqualTo(seen);
    assertThat(put(path, first, "If-None-Match", "*").statusCode()).isEqualTo(412);
    HttpResponse<String> unsaid = put(path, second);
    assertThat(unsaid.statusCode()).isEqualTo(428);
    assertThat(unsaid.body()).contains("send its ETag as If-Match");
    String newer = etag(put(path, second, "If-Match", seen));
    assertThat(newer).isNotEqualTo(seen);
    HttpResponse<String> late = put(path, first, "If-Match", seen);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(late.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(late.body()).contains("has changed since it was read (local: ");
    assertThat(etag(town.get(path))).isEqualTo(newer);
    etag(put(path, first, "If-Match", "*"));
    assertThat(delete(path)).isEqualTo(200);
    assertThat(put(path, first, "If-Match", newer).body()).contains("is not there (local: delete");
    assertThat(town.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void aVariable() {
    edit("/api/v1/variables/region", "{\"value\": \"eu\"}", "{\"value\": \"us\"}");
    assertThat(put("/api/v1/variables/a%20b", "{\"value\": 1}").body())
        .contains("\"field\":\"name\"");
  }

  @Test
  void aWorkPool() {
    String path = "/api/v1/work-pools/etl";
    edit(path, "{\"limit\": 4, \"paused\": true}", "{\"limit\": 5}");
    String seen = etag(put(path, "{\"type\": \"inline\", \"limit\": 4, \"paused\": true}"));
    HttpResponse<String> changed = put(path, "{\"paused\": false}", "If-Match", seen);
    assertThat(member(changed, "type")).isEqualTo("inline");
    assertThat(member(changed, "limit")).isEqualTo(4);
    assertThat(member(changed, "paused")).isEqualTo(false);
    assertThat(delete(path)).isEqualTo(200);
  }

  @Test
  void aLimit() {
    String path = "/api/v1/concurrency-limits/tag/warehouse";
    edit(path, "{\"slots\": 3}", "{\"slots\": 2, \"decay\": \"1s\"}");
  }

  @Test
  void aBlock() {
    assertThat(town.get("/api/v1/block-types").body()).contains("\"type\":\"webhook\"");
    String first =
        "{\"settings\": {\"url\": \"http://127.0.0.1:9/a\", \"authorization\": \"hush-1\"}}";
    String second = "{\"settings\": {\"headers\": {\"X-Of\": \"penstock\"}}}";
    edit(HOOK, first, second);
    HttpResponse<String> wrong = put(HOOK, "{\"settings\": {\"uri\": \"x\"}}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"field\":\"uri\"", "\"field\":\"url\"");
    assertThat(put("/api/v1/blocks/webhok/ops", first).body()).contains("did you mean");

    String seen = etag(put(HOOK, first));
    HttpResponse<String> kept = put(HOOK, second, "If-Match", seen);
    assertThat(kept.body()).contains("penstock").doesNotContain("hush-1");
    assertThat(secrets()).containsEntry("authorization", "hush-1");
    HttpResponse<String> without =
        put(HOOK, "{\"settings\": {\"authorization\": null}}", "If-Match", etag(kept));
    assertThat(member(without, "version")).isEqualTo(3);
    assertThat(secrets()).containsOnlyKeys("url");
    assertThat(delete(HOOK)).isEqualTo(200);
  }

  private static Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>();
    town.vault
        .blocks()
        .secrets(town.vault.blocks().versions("webhook", "ops").getFirst())
        .forEach((name, secret) -> secrets.put(name, secret.reveal()));
    return secrets;
  }

  @Test
  void anAutomation() {
    String runs = "{\"flows\": [\"load*\"], \"deployments\": [], \"tags\": [], \"names\": []}";
    String trigger =
        "{\"@type\": \"OnState\", \"runs\": " + runs + ", \"states\": [\"Failed\", \"Crashed\"]}";
    String cancel =
        "{\"definition\": {\"trigger\": "
            + trigger
            + ", \"actions\": [{\"@type\": \"CancelRun\"}]}}";
    String other = cancel.replace("load*", "clean*");
    edit(NIGHT, cancel, other);
    String seen = etag(put(NIGHT, cancel));
    assertThat(
            Automations.parse(
                    "night", town.store.automations().find("night").orElseThrow().definition())
                .actions())
        .containsExactly(new Action.CancelRun());
    HttpResponse<String> paused =
        town.send(town.to(NIGHT + "/pause").POST(BodyPublishers.noBody()));
    assertThat(put(NIGHT, other, "If-Match", seen).statusCode()).isEqualTo(412);
    HttpResponse<String> changed = put(NIGHT, other, "If-Match", etag(paused));
    assertThat(member(changed, "enabled")).isEqualTo(false);
    for (String wrong :
        List.of(
            "{\"definition\": null}",
            "{\"definition\": {\"trigger\": null, \"actions\": []}}",
            cancel.replace("CancelRun", "java.lang.Runtime"),
            cancel.replace("[\"Failed\", \"Crashed\"]", "[]"),
            cancel.replace("[\"load*\"]", "null"),
            cancel.replace("{\"@type\": \"CancelRun\"}", ""),
            cancel.replace(
                "{\"@type\": \"CancelRun\"}",
                "{\"@type\": \"Notify\", \"type\": \"nothing\", \"block\": \"x\", \"subject\": \"\","
                    + " \"text\": \"\"}"))) {
      HttpResponse<String> refused = put(NIGHT, wrong, "If-Match", "*");
      assertThat(refused.statusCode()).as(wrong + refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains("\"field\":\"definition\"");
    }
    assertThat(delete(NIGHT)).isEqualTo(200);
  }

  @Test
  void aSchedule() {
    String all = "/api/v1/deployments/" + town.deploy().id() + "/schedules";
    HttpResponse<String> added =
        town.send(
            town.to(all)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(schedule("30 2 * * *"))));
    String path = all + "/" + member(added, "id");
    String seen = added.headers().firstValue("ETag").orElseThrow();
    assertThat(etag(town.get(path))).isEqualTo(seen);
    assertThat(put(path, schedule("0 4 * * *")).statusCode()).isEqualTo(428);
    HttpResponse<String> changed = put(path, schedule("0 4 * * *"), "If-Match", seen);
    assertThat(member(changed, "description")).asString().contains("04:00");
    assertThat(put(path, schedule("0 5 * * *"), "If-Match", seen).body())
        .contains("(local: change schedule, ");
    assertThat(put(path, "{\"spec\": \"never\"}", "If-Match", etag(changed)).body())
        .contains("\"field\":\"spec\"");
    assertThat(delete(path)).isEqualTo(200);
    assertThat(put(path, schedule("0 5 * * *"), "If-Match", "*").statusCode()).isEqualTo(404);
  }

  private static String schedule(String cron) {
    return JsonTree.write(Map.of("spec", Schedule.cron(cron, ZoneOffset.UTC).text()));
  }

  /// Each has read the number that is there, and sets the next one, until it was the one to do it.
  @Test
  void noneOfManyChangesAtOnceIsLost() throws Exception {
    String path = "/api/v1/variables/counted";
    put(path, "{\"value\": 0}");
    int each = 10;
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(() -> {
              for (int done = 0; done < each; ) {
                HttpResponse<String> read = town.get(path);
                int next = (Integer) member(read, "value") + 1;
                int status =
                    put(path, "{\"value\": " + next + "}", "If-Match", etag(read)).statusCode();
                assertThat(status).isIn(200, 412);
                done += status == 200 ? 1 : 0;
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(member(town.get(path), "value")).isEqualTo(4 * each);
  }
}
