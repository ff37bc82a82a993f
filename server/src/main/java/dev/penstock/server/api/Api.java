package dev.penstock.server.api;

import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What programs can ask for, with the document that says so.
public final class Api {
  /// In front of all its paths.
  public static final String ROOT = "/api/v1";

  private final Store store;
  private final NewRun newRun;
  private final List<Operation> operations;

  public Api(Store store, NewRun newRun) {
    this.store = store;
    this.newRun = newRun;
    this.operations = operations();
  }

  public List<Route> routes() {
    return operations.stream().map(Operation::route).toList();
  }

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>(own());
    all.addAll(new FlowRunCalls(store).operations());
    return List.copyOf(all);
  }

  private List<Operation> own() {
    return List.of(
        get(
            "/health",
            "health",
            "Whether the server answers.",
            "Health",
            _ -> Answer.json(200, Map.of("status", "ok"))),
        get(
            "/ready",
            "ready",
            "Whether the server and its store answer.",
            "Health",
            _ -> {
              store.users().any(); // throws when the store cannot be reached
              return Answer.json(200, Map.of("status", "ready"));
            }),
        get(
            "/openapi.json",
            "document",
            "This document.",
            "Document",
            _ -> Answer.json(200, document())),
        get(
            "/deployments",
            "listDeployments",
            "All deployments, by name.",
            "DeploymentPage",
            _ ->
                Answer.json(
                    200,
                    Shapes.page(
                        store.deployments().list().stream().map(Shapes::deployment).toList(),
                        null))),
        get(
            "/deployments/{id}",
            "getDeployment",
            "A deployment.",
            "Deployment",
            request -> Answer.json(200, Shapes.deployment(deployment(request)))),
        new Operation(
            Route.post(ROOT + "/deployments/{id}/flow-runs", this::start),
            "createFlowRun",
            "Makes a run of a deployment. With an Idempotency-Key header, the same key makes the"
                + " same run.",
            List.of(),
            List.of(
                new Operation.Parameter("parameters", "object", "Over those of the deployment."),
                new Operation.Parameter("tags", "array", "Besides those of the deployment.")),
            "FlowRun",
            201));
  }

  private static Operation get(
      String path, String id, String summary, String answer, Route.Handler handler) {
    return new Operation(
        Route.get(ROOT + path, handler), id, summary, List.of(), List.of(), answer, 200);
  }

  private Deployment deployment(Request request) {
    String id = request.variable("id");
    return store
        .deployments()
        .find(id)
        .orElseThrow(() -> Refused.notFound("there is no deployment " + id));
  }

  private Answer start(Request request) {
    Deployment deployment = deployment(request);
    Map<String, @Nullable Object> body = request.json();
    List<Refused.Field> wrong = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    Object parameters = body.getOrDefault("parameters", Map.of());
    if (parameters instanceof Map<?, ?> given) {
      given.forEach((name, value) ->
          texts.put(
              String.valueOf(name),
              value instanceof String text ? text : dev.penstock.flow.JsonTree.write(value)));
    } else {
      wrong.add(
          new Refused.Field("parameters", "must be an object, such as {\"month\": \"2026-08\"}"));
    }
    List<String> tags = new ArrayList<>();
    if (body.getOrDefault("tags", List.of()) instanceof List<?> given
        && given.stream().allMatch(String.class::isInstance)) {
      given.forEach(tag -> tags.add((String) tag));
    } else {
      wrong.add(new Refused.Field("tags", "must be a list of texts"));
    }
    for (String name : body.keySet()) {
      if (!List.of("parameters", "tags").contains(name)) {
        wrong.add(new Refused.Field(name, "is unknown: a run is made with parameters and tags"));
      }
    }
    Asked.refuse(wrong);
    String key = request.header().apply("idempotency-key").orElse(null);
    FlowRun run = newRun.make(deployment, texts, tags, key);
    return Answer.json(201, Shapes.flowRun(run)).with("Location", ROOT + "/flow-runs/" + run.id());
  }

  private Map<String, Object> document() {
    return OpenApi.document(operations);
  }

  /// A refusal as RFC 9457 says, with every wrong field.
  public static Answer problem(Refused refusal) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", refusal.title());
    members.put("status", refusal.status());
    members.put("detail", refusal.detail());
    if (!refusal.fields().isEmpty()) {
      members.put("errors", refusal.fields().stream().map(Api::error).toList());
    }
    Answer problem = Answer.problem(refusal.status(), members);
    return refusal.status() == 401 ? problem.with("WWW-Authenticate", "Bearer") : problem;
  }

  private static Map<String, String> error(Refused.Field field) {
    Map<String, String> error = new LinkedHashMap<>();
    if (field.name() != null) {
      error.put("field", field.name());
    }
    error.put("message", field.message());
    return error;
  }
}
