package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about deployments and their schedules.
final class DeploymentCalls {
  private static final String ALL = Api.ROOT + "/deployments";
  private static final String ONE = ALL + "/{id}";
  private static final String SCHEDULES = ONE + "/schedules";
  private static final String SCHEDULE = SCHEDULES + "/{schedule}";
  private static final List<String> CATCH_UP = List.of("all", "latest", "none");

  private static final List<Operation.Parameter> RUN_BODY =
      List.of(
          new Operation.Parameter("parameters", "object", "Over those of the deployment."),
          new Operation.Parameter("tags", "array", "Besides those of the deployment."));
  private static final List<Operation.Parameter> SCHEDULE_BODY =
      List.of(
          new Operation.Parameter("spec", "string", "The rule, as another schedule shows it."),
          new Operation.Parameter("catchUp", "string", "all, latest or none; latest."),
          new Operation.Parameter(
              "maxActive", "integer", "Unfinished runs at once; null for any."));

  private final Store store;
  private final NewRun newRun;

  DeploymentCalls(Store store, NewRun newRun) {
    this.store = store;
    this.newRun = newRun;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            ALL, "listDeployments", "All deployments, by name.", "DeploymentPage", _ -> list()),
        Operation.get(
            ONE,
            "getDeployment",
            "A deployment.",
            "Deployment",
            request -> Answer.json(200, Shapes.deployment(find(request)))),
        new Operation(
            Route.post(ONE + "/flow-runs", this::start),
            "createFlowRun",
            "Makes a run of a deployment. With an Idempotency-Key header, the same key makes the"
                + " same run.",
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
            request -> store.deployments().delete(request.variable("id"))),
        Operation.get(
            SCHEDULES,
            "listSchedules",
            "The schedules of a deployment.",
            "SchedulePage",
            this::schedules),
        new Operation(
            Route.post(SCHEDULES, this::addSchedule),
            "addSchedule",
            "Adds a schedule; the first tick is the next one from now. What is there already with"
                + " the same rule is not added again.",
            List.of(),
            SCHEDULE_BODY,
            "Schedule",
            201),
        activate("/pause", "pauseSchedule", "Stops a schedule.", false),
        activate("/resume", "resumeSchedule", "Lets a schedule go on.", true),
        Operation.delete(
            SCHEDULE,
            "deleteSchedule",
            "Deletes a schedule, or ends a backfill.",
            request -> store.schedules().delete(schedule(request).id())));
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

  private Operation activate(String path, String id, String summary, boolean active) {
    return new Operation(
        Route.post(
            SCHEDULE + path,
            request -> {
              store.schedules().activate(schedule(request).id(), active);
              return Answer.json(200, json(schedule(request)));
            }),
        id,
        summary,
        List.of(),
        List.of(),
        "Schedule",
        200);
  }

  private Answer list() {
    return Answer.json(
        200,
        Shapes.page(store.deployments().list().stream().map(Shapes::deployment).toList(), null));
  }

  private Deployment find(Request request) {
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
      body.add("parameters", "must be an object, such as {\"month\": \"2026-08\"}");
    }
    List<String> tags = body.texts("tags");
    body.refuseWrong();
    String key = request.header().apply("idempotency-key").orElse(null);
    FlowRun run = newRun.make(deployment, texts, tags, key);
    return Answer.json(201, Shapes.flowRun(run))
        .with("Location", Api.ROOT + "/flow-runs/" + run.id());
  }

  private Answer schedules(Request request) {
    return Answer.json(
        200,
        Shapes.page(
            store.schedules().of(find(request).id()).stream().map(DeploymentCalls::json).toList(),
            null));
  }

  private DeploymentSchedule schedule(Request request) {
    String id = request.variable("schedule");
    return store.schedules().of(find(request).id()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refused.notFound("this deployment has no schedule " + id));
  }

  private static Map<String, @Nullable Object> json(DeploymentSchedule schedule) {
    Schedule rule = Schedule.parse(schedule.settings().spec());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", schedule.id());
    json.put("spec", schedule.settings().spec());
    json.put("description", rule.describe());
    json.put("backfill", schedule.backfill());
    json.put("active", schedule.active());
    json.put("ended", schedule.ended());
    json.put("catchUp", schedule.settings().catchUp().toLowerCase(Locale.ROOT));
    json.put("maxActive", schedule.settings().maxActive());
    json.put("next", rule.next(schedule.last()).map(Instant::toString).orElse(null));
    return json;
  }

  private Answer addSchedule(Request request) {
    Deployment deployment = find(request);
    Body body = new Body(request.json(), SCHEDULE_BODY);
    String spec = spec(body);
    String catchUp = body.text("catchUp", "latest");
    if (!CATCH_UP.contains(catchUp)) {
      body.add("catchUp", "\"catchUp\" must be all, latest or none");
    }
    Integer most = body.numberOrNull("maxActive", 1);
    body.refuseWrong();
    NewSchedule wanted =
        new NewSchedule(
            spec, "{}", catchUp.toUpperCase(Locale.ROOT), most, java.time.Duration.ZERO);
    DeploymentSchedule there =
        store.schedules().of(deployment.id()).stream()
            .filter(each -> !each.backfill() && each.settings().equals(wanted))
            .findFirst()
            .orElse(null);
    String id = there == null ? store.schedules().add(deployment.id(), wanted) : there.id();
    return Answer.json(201, json(store.schedules().find(id).orElseThrow()));
  }

  private static String spec(Body body) {
    String spec = body.text("spec");
    try {
      return spec.isEmpty() ? spec : Schedule.parse(spec).text();
    } catch (IllegalArgumentException e) {
      body.add("spec", String.valueOf(e.getMessage()));
      return spec;
    }
  }
}
