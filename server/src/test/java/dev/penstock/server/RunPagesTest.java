package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.server.pages.Urls;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages of runs show, and what can be done there.
class RunPagesTest {
  @TempDir static Path directory;
  private static Town town;
  private static FlowEnd ingested;
  private static FlowEnd failed;

  @BeforeAll
  static void open() throws InterruptedException {
    town = new Town(directory);
    assertThat(town.get("/runs").body()).contains("No runs yet", "penstock init");
    ingested = town.run("ingest", "{\"rows\": 500}");
    failed = town.run("report", "{\"recipient\": \"ops\"}");
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void theListShowsRunsAndTheFiltersOfItsAddress() {
    String all = town.get("/runs").body();
    assertThat(all).contains(ingested.name(), failed.name(), "3 runs");
    String failing = town.get("/runs?state=failing").body();
    assertThat(failing).contains(failed.name()).doesNotContain(ingested.name());
    assertThat(town.get("/runs?q=nothing+like+it").body())
        .contains("No runs match", "Clear the filters");
    assertThat(town.get("/runs?state=Exploded").statusCode()).isEqualTo(400);
  }

  @Test
  void aFlowSaysHowItsRunsHaveGone() {
    assertThat(town.get("/flows").body()).contains("/flow?name=Ingest%20prices");
    assertThat(town.get("/flow?name=Ingest%20prices").body())
        .contains(ingested.name(), "Usually takes", "It is not deployed")
        .doesNotContain(failed.name());
    String failing = town.get("/flow?name=" + flowOf(failed)).body();
    assertThat(failing).contains("Its last run failed", failed.name());
    HttpResponse<String> unknown = town.get("/flow?name=nobody");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("has run or is deployed");
  }

  private static String flowOf(FlowEnd end) {
    return Urls.encode(town.store.flowRuns().find(end.run()).orElseThrow().origin().flow());
  }

  @Test
  void aRunShowsItsTasksAttemptsSubflowAndPipeline() {
    String page = town.get("/runs/" + ingested.run()).body();
    assertThat(page)
        .contains(
            ingested.name(), "Completed in", "extract-0", "attempt 1: ", "HTTP 503", "count-0")
        .contains("Pipeline of load", "500 records read", "2 threads")
        .contains("nightly", "fetching yellow", "Run again")
        .doesNotContain("Cancel run");
  }

  @Test
  void deadLettersAreShownWithRecordAndErrorAndReplayed() throws Exception {
    Shop.zonesKnown = false;
    FlowEnd run = town.run("ingest", "{\"rows\": 1000}");
    String path = "/runs/" + run.run();
    assertThat(town.get(path + "?tab=letters").body())
        .contains("2 dead letters", "Replay 2 records", "\"zone\": 264")
        .contains(
            "IllegalStateException: no zone has id 264&lt;script&gt;", "Error, in task load-0");
    assertThat(town.get(path + "/dead-letters").body().lines()).hasSize(2);
    assertThat(town.post(path + "/replay", "").body()).contains("select at least one record");
    long letter = town.store.deadLetters().of(run.run(), 0, 1).getFirst().id();
    assertThat(town.post(path + "/replay", "letter=" + letter).statusCode()).isEqualTo(303);
    Shop.zonesKnown = true;
    assertThat(town.goOn(run.run(), "ingest").state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(town.get(path + "?tab=letters").body())
        .contains("Was replayed", "Replay 1 record", "1 record read");
    assertThat(town.post(path + "/replay", "letter=" + letter).body()).contains("it was already");
  }

  @Test
  void tasksAreDrawnAsAGraphOrOnAPartOfTheTime() {
    String path = "/runs/" + ingested.run();
    String graph = town.get(path + "?view=graph").body();
    assertThat(graph).contains("Graph of 3 task runs", "2 attempts", "subflow", "marker-end");
    assertThat(town.get(path + "?zoom=20-400").body())
        .contains("data-choice=\"zoom=20-400\"", "id=\"zoom-left\"");
    assertThat(town.get(path + "?zoom=999999999999-9999999999999").statusCode()).isEqualTo(200);
    assertThat(town.get(path + "?zoom=left").statusCode()).isEqualTo(400);
  }

  @Test
  void aFailedRunSaysWhyBeforeAllElse() {
    String page = town.get("/runs/" + failed.run()).body();
    assertThat(page)
        .contains("no mailbox ops", "Task send-0 failed at attempt 1.", "Retry from start");
    assertThat(town.get("/runs/" + failed.run() + "?tab=results").body())
        .contains("java.io.IOException");
  }

  @Test
  void whatRunsSayIsTextNeverMarkup() {
    for (String tab : List.of("logs", "letters", "states", "results", "artifacts")) {
      for (FlowEnd run : List.of(ingested, failed)) {
        assertThat(town.get("/runs/" + run.run() + "?tab=" + tab).body())
            .doesNotContain(Shop.HOSTILE)
            .doesNotContain("<script>alert");
      }
    }
    assertThat(town.get("/runs/" + ingested.run() + "?tab=artifacts").body())
        .contains("&lt;script&gt;alert");
  }

  @Test
  void logsAreFilteredByLevelAndText() {
    String warnings = town.get("/runs/" + ingested.run() + "?level=WARNING").body();
    assertThat(warnings).contains("some zones have no name").doesNotContain("fetching yellow");
    String found = town.get("/runs/" + ingested.run() + "?q=FETCHING").body();
    assertThat(found).contains("fetching yellow").doesNotContain("some zones have no name");
    assertThat(town.get("/runs/" + ingested.run() + "/log").body()).contains("fetching yellow");
  }

  @Test
  void aWaitingRunIsCancelledAndRetriedFromItsPage() {
    FlowRun run = create();
    assertThat(town.get("/runs/" + run.id()).body())
        .contains("only the process that made it runs it", "Cancel run");
    assertThat(town.post("/runs/" + run.id() + "/cancel", "").statusCode()).isEqualTo(303);
    assertThat(state(run)).isEqualTo(StateName.CANCELLED);
    HttpResponse<String> again = town.post("/runs/" + run.id() + "/cancel", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("there is nothing to cancel");
    town.post("/runs/" + run.id() + "/retry", "");
    assertThat(state(run)).isEqualTo(StateName.AWAITING_RETRY);
    town.post("/runs/cancel", "run=" + run.id());
    town.post("/runs/delete", "run=" + run.id());
    assertThat(town.get("/runs/" + run.id()).statusCode()).isEqualTo(404);
  }

  @Test
  void aViewerIsToldOfChangesAndOfEachLineOnceAlsoAfterABreak() throws Exception {
    HttpResponse<java.io.InputStream> stream =
        town.client()
            .send(
                town.to("/runs/" + ingested.run() + "/events?level=INFO&after=0").build(),
                HttpResponse.BodyHandlers.ofInputStream());
    List<String> ids;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      List<String> all = lines.lines().toList(); // it ends by itself: the run is over
      assertThat(all).contains("event: part", "event: log", "event: over");
      assertThat(String.join("\n", all))
          .contains("id=\"run-head\"", "id=\"run-pipeline\"", "fetching yellow");
      ids = all.stream().filter(line -> line.startsWith("id: ")).toList();
    }
    HttpResponse<String> resumed =
        town.send(
            town.to("/runs/" + ingested.run() + "/events?level=INFO&after=0")
                .header("Last-Event-ID", ids.getLast().substring("id: ".length())));
    assertThat(resumed.body()).contains("event: over").doesNotContain("event: log");
  }

  private static FlowRun create() {
    return town.store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "patient-kiln",
                FlowRun.Origin.here("Report", null, "shop.java"),
                FlowRun.Call.of("{}", List.of()),
                null));
  }

  private static StateName state(FlowRun run) {
    return town.store.flowRuns().find(run.id()).orElseThrow().state().name();
  }
}
