package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Event;
import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredArtifact;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about what runs leave, and what has happened: artifacts, flows, events.
final class RecordCalls {
  private static final int MOST_ARTIFACTS = 1000;

  private final Store store;

  RecordCalls(Store store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            Api.ROOT + "/flows",
            "listFlows",
            "The flows that have runs, by name.",
            "FlowPage",
            List.of("name"),
            () -> store.search().flows(Integer.MAX_VALUE).stream().map(RecordCalls::json).toList()),
        Operation.get(
            Api.ROOT + "/flow-runs/{id}/artifacts",
            "listArtifacts",
            "What a flow run has left to look at.",
            "ArtifactPage",
            this::artifacts),
        Operation.get(
            Api.ROOT + "/artifacts/{id}",
            "getArtifact",
            "An artifact.",
            "Artifact",
            this::artifact),
        new Operation(
            Route.get(Api.ROOT + "/events", this::events),
            "listEvents",
            "What has happened, the oldest first.",
            Asked.PAGE,
            List.of(),
            "EventPage",
            200));
  }

  private static Map<String, @Nullable Object> json(RunSearch.KnownFlow flow) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", flow.name());
    json.put("runs", flow.runs().runs());
    json.put("last", Shapes.flowRun(flow.last()));
    return json;
  }

  private Answer artifacts(Request request) {
    String run = request.variable("id");
    if (store.flowRuns().find(run).isEmpty()) {
      throw Refused.notFound("there is no flow run " + run);
    }
    List<StoredArtifact> artifacts = store.artifacts().of(run, MOST_ARTIFACTS);
    return Answer.json(200, Shapes.page(artifacts.stream().map(RecordCalls::json).toList(), null));
  }

  private Answer artifact(Request request) {
    String id = request.variable("id");
    StoredArtifact found =
        store
            .artifacts()
            .find(id)
            .orElseThrow(() -> Refused.notFound("there is no artifact " + id));
    return Answer.json(200, json(found));
  }

  private static Map<String, @Nullable Object> json(StoredArtifact artifact) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", artifact.id());
    json.put("flowRun", artifact.flowRun());
    json.put("taskRun", artifact.taskRun());
    json.put("kind", artifact.kind().word());
    json.put("key", artifact.key());
    json.put("description", artifact.description());
    json.put("data", JsonTree.read(artifact.data()));
    json.put("created", artifact.created().toString());
    json.put("updated", artifact.updated().toString());
    return json;
  }

  private Answer events(Request request) {
    Asked asked = new Asked(request.query(), Asked.PAGE);
    int limit = asked.limit();
    long after = asked.line("after");
    asked.refuseWrong();
    List<Event> events = store.events().after(after, limit);
    return Answer.json(
        200,
        Shapes.page(
            events.stream().map(RecordCalls::json).toList(),
            events.size() < limit ? null : String.valueOf(events.getLast().id())));
  }

  private static Map<String, @Nullable Object> json(Event event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", event.id());
    json.put("at", event.occurred().toString());
    json.put("name", event.name());
    json.put("resource", event.resource());
    json.put("resourceId", event.resourceId());
    json.put("payload", JsonTree.read(event.payload()));
    return json;
  }
}
