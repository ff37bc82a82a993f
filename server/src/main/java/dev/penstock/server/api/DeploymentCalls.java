package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about deployments.
final class DeploymentCalls {
  private static final String ALL = Api.ROOT + "/deployments";
  private static final String ONE = ALL + "/{id}";

  private static final List<Operation.Parameter> RUN_BODY =
      List.of(
          new Operation.Parameter("parameters", "object", "Over those of the deployment."),
          new Operation.Parameter("tags", "array", "Besides those of the deployment."));

  private final Store store;
  private final NewRun newRun;

  DeploymentCalls(Store store, NewRun newRun) {
    this.store = store;
    this.newRun = newRun;
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            ALL,
            "listDeployments",
            "All deployments, by name.",
            "DeploymentPage",
            List.of("flow", "name"),
            () -> store.deployments().list().stream().map(Shapes::deployment).toList()),
        Operation.get(
            ONE,
            "getDeployment",
            "A deployment.",
            "Deployment",
            request -> Answer.json(200, Shapes.deployment(find(request)))),
        new Operation(
            Route.post(ONE + "/flow-runs", this::start),
            "createFlowRun",
            "Makes a run of a deployment.",
            Operation.KEY,
            List.of(),
            RUN_BODY,
            "FlowRun",
            201),
        act("/pause", "pauseDeployment", "Lets its schedules stand still.", true),
        act("/resume", "resumeDeployment", "Lets its schedules go on.", false),
        Operation.delete(
            ONE,
            "deleteDeployment",
            "Deletes a deployment and its schedules; its runs stay.",
            request -> store.deployments().delete(request.variable("id"))));
  }

  private Operation act(String path, String id, String summary, boolean paused) {
    return new Operation(
        Route.post(
            ONE + path,
            request -> {
              store.deployments().pause(find(request).id(), paused);
              return Answer.json(200, Shapes.deployment(find(request)));
            }),
        id,
        summary,
        List.of(),
        List.of(),
        "Deployment",
        200);
  }

  private Deployment find(Request request) {
    return find(store, request);
  }

  /// The deployment that a path names.
  static Deployment find(Store store, Request request) {
    String id = request.variable("id");
    return store
        .deployments()
        .find(id)
        .orElseThrow(() -> Refused.notFound("there is no deployment " + id));
  }

  private Answer start(Request request) {
    Deployment deployment = find(request);
    Map<String, @Nullable Object> sent = request.json();
    Body body = new Body(sent, RUN_BODY);
    Map<String, String> texts = new LinkedHashMap<>();
    if (sent.getOrDefault("parameters", Map.of()) instanceof Map<?, ?> given) {
      given.forEach((name, value) ->
          texts.put(
              String.valueOf(name), value instanceof String text ? text : JsonTree.write(value)));
    } else {
      body.add("parameters", "\"parameters\" must be an object, such as {\"month\": \"2026-08\"}");
    }
    List<String> tags = body.texts("tags");
    body.refuseWrong();
    String key = request.header().apply("idempotency-key").orElse(null);
    FlowRun run = newRun.make(deployment, texts, tags, key);
    return Answer.json(201, Shapes.flowRun(run))
        .with("Location", Api.ROOT + "/flow-runs/" + run.id());
  }
}
