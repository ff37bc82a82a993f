package dev.penstock.server.api;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.pages.RunSteering;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What programs can ask for, with the document that says so.
public final class Api {
  /// In front of all its paths.
  public static final String ROOT = "/api/v1";

  private static final Operation.Parameter LIMIT =
      new Operation.Parameter("limit", "integer", "How many at most, from 1 to 200; 50.");
  private static final Operation.Parameter AFTER =
      new Operation.Parameter("after", "string", "What the page before gave as after.");

  private final Store store;
  private final RunSteering steering;
  private final NewRun newRun;
  private final List<Operation> operations;

  public Api(Store store, NewRun newRun) {
    this.store = store;
    this.steering = new RunSteering(store);
    this.newRun = newRun;
    this.operations = operations();
  }

  public List<Route> routes() {
    return operations.stream().map(Operation::route).toList();
  }

  private List<Operation> operations() {
    String run = ROOT + "/flow-runs/{id}";
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
        new Operation(
            Route.get(ROOT + "/flow-runs", this::flowRuns),
            "listFlowRuns",
            "Flow runs, newest first.",
            List.of(
                LIMIT,
                AFTER,
                new Operation.Parameter("state", "string", "The name of a state; may be repeated."),
                new Operation.Parameter("flow", "string", "The name of a flow; may be repeated."),
                new Operation.Parameter(
                    "deployment", "string", "The id of a deployment; may be repeated."),
                new Operation.Parameter("tag", "string", "A tag; may be repeated."),
                new Operation.Parameter(
                    "q", "string", "Part of the name of the run or of its flow.")),
            List.of(),
            "FlowRunPage",
            200),
        get(
            "/flow-runs/{id}",
            "getFlowRun",
            "A flow run.",
            "FlowRun",
            request -> Answer.json(200, Shapes.flowRun(run(request)))),
        get(
            "/flow-runs/{id}/states",
            "listStates",
            "Every state it was in, the first one first.",
            "StatePage",
            this::states),
        get(
            "/flow-runs/{id}/task-runs",
            "listTaskRuns",
            "Its task runs, in the order of their calls.",
            "TaskRunPage",
            this::taskRuns),
        new Operation(
            Route.get(run + "/logs", this::logs),
            "listLogs",
            "Its log, the first line first.",
            List.of(LIMIT, AFTER),
            List.of(),
            "LogPage",
            200),
        post(
            run + "/cancel",
            "cancelFlowRun",
            "Asks it to stop.",
            List.of(),
            request -> steer(request, steering::cancel)),
        post(
            run + "/pause",
            "pauseFlowRun",
            "Asks it to wait before its next task.",
            List.of(),
            request -> steer(request, steering::pause)),
        post(
            run + "/resume",
            "resumeFlowRun",
            "Lets it go on.",
            List.of(
                new Operation.Parameter(
                    "input", "object", "The answer to what it asks, of any type.")),
            this::resume),
        post(
            run + "/retry",
            "retryFlowRun",
            "Runs it again; what completed keeps its result unless told otherwise.",
            List.of(new Operation.Parameter("fromStart", "boolean", "Does all tasks again.")),
            request -> {
              boolean fromStart = Boolean.TRUE.equals(request.json().get("fromStart"));
              return steer(request, found -> steering.retry(found, fromStart));
            }),
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

  private static Operation post(
      String path,
      String id,
      String summary,
      List<Operation.Parameter> body,
      Route.Handler handler) {
    return new Operation(Route.post(path, handler), id, summary, List.of(), body, "FlowRun", 200);
  }

  private FlowRun run(Request request) {
    String id = request.variable("id");
    return store
        .flowRuns()
        .find(id)
        .orElseThrow(() -> Refused.notFound("there is no flow run " + id));
  }

  private Deployment deployment(Request request) {
    String id = request.variable("id");
    return store
        .deployments()
        .find(id)
        .orElseThrow(() -> Refused.notFound("there is no deployment " + id));
  }

  private Answer flowRuns(Request request) {
    Fields query = request.query();
    List<Refused.Field> wrong = new ArrayList<>();
    int limit = limit(query, wrong);
    List<StateName> states = new ArrayList<>();
    for (String word : query.all("state")) {
      Arrays.stream(StateName.values())
          .filter(state -> state.title().equalsIgnoreCase(word))
          .findFirst()
          .ifPresentOrElse(
              states::add,
              () ->
                  wrong.add(
                      new Refused.Field(
                          "state", "\"" + word + "\" is no state: write one such as Failed")));
    }
    refuse(wrong);
    RunFilter filter =
        new RunFilter(
            query.all("flow"),
            query.all("deployment"),
            states,
            query.all("tag"),
            query.first("q").orElse(null),
            null,
            null,
            null);
    List<FlowRun> runs =
        store.flowRuns().list(filter, new Page(query.first("after").orElse(null), limit));
    return Answer.json(
        200,
        Shapes.page(
            runs.stream().map(Shapes::flowRun).toList(),
            runs.size() < limit ? null : runs.getLast().id()));
  }

  private static int limit(Fields query, List<Refused.Field> wrong) {
    String text = query.first("limit").orElse("50");
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= 200) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    wrong.add(new Refused.Field("limit", "\"" + text + "\" is no number from 1 to 200"));
    return 1;
  }

  private static void refuse(List<Refused.Field> wrong) {
    if (!wrong.isEmpty()) {
      String title =
          wrong.size() == 1 ? "One field needs a change" : wrong.size() + " fields need a change";
      throw new Refused(
          400,
          title,
          String.join("; ", wrong.stream().map(Refused.Field::message).toList()),
          wrong);
    }
  }

  private Answer states(Request request) {
    return Answer.json(
        200,
        Shapes.page(
            store.flowRuns().history(run(request).id()).stream().map(Shapes::state).toList(),
            null));
  }

  private Answer taskRuns(Request request) {
    FlowRun run = run(request);
    List<TaskRun> tasks = store.taskRuns().of(run.id(), run.generation(), "", 1000);
    return Answer.json(200, Shapes.page(tasks.stream().map(Shapes::taskRun).toList(), null));
  }

  private Answer logs(Request request) {
    List<Refused.Field> wrong = new ArrayList<>();
    int limit = limit(request.query(), wrong);
    long after = 0;
    String text = request.query().first("after").orElse("0");
    try {
      after = Long.parseLong(text);
    } catch (NumberFormatException e) {
      wrong.add(new Refused.Field("after", "\"" + text + "\" is no number of a line"));
    }
    refuse(wrong);
    List<RunLogs.Line> lines =
        store.logs().after(run(request).id(), RunLogs.Wanted.ALL, after, limit);
    return Answer.json(
        200,
        Shapes.page(
            lines.stream().map(Shapes::line).toList(),
            lines.size() < limit ? null : String.valueOf(lines.getLast().id())));
  }

  /// Something that is done to a run.
  private interface Act {
    void to(FlowRun run);
  }

  private Answer steer(Request request, Act act) {
    act.to(run(request));
    return Answer.json(200, Shapes.flowRun(run(request)));
  }

  private Answer resume(Request request) {
    Map<String, @Nullable Object> body = request.json();
    String input =
        body.containsKey("input") ? dev.penstock.flow.JsonTree.write(body.get("input")) : null;
    return steer(request, found -> steering.resume(found, input));
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
    refuse(wrong);
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
