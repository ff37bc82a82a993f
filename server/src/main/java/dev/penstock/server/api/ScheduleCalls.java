package dev.penstock.server.api;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the API about the schedules of deployments.
final class ScheduleCalls {
  private static final String ALL = Api.ROOT + "/deployments/{id}/schedules";
  private static final String ONE = ALL + "/{schedule}";
  private static final List<String> CATCH_UP = List.of("all", "latest", "none");
  private static final List<Operation.Parameter> BODY =
      List.of(
          Operation.Parameter.required("spec", "string", "The rule, as another schedule shows it."),
          new Operation.Parameter("catchUp", "string", "all, latest or none; latest."),
          new Operation.Parameter(
              "maxActive", "integer?", "Unfinished runs at once; null for any."));

  private final Store store;
  private final Edits edits;

  ScheduleCalls(Store store) {
    this.store = store;
    this.edits = new Edits(store.auditLog());
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            ALL,
            "listSchedules",
            "The schedules of a deployment.",
            "SchedulePage",
            this::schedules),
        new Operation(
            Route.post(ALL, this::add),
            "addSchedule",
            "Adds a schedule; the first tick is the next one from now. What is there already with"
                + " the same rule is not added again.",
            List.of(),
            BODY,
            "Schedule",
            201),
        Operation.get(
            ONE, "getSchedule", "A schedule.", "Schedule", request -> shown(find(request))),
        Operation.put(
            ONE,
            "changeSchedule",
            "Changes a schedule; the next tick is the first one from now. It needs If-Match.",
            BODY,
            "Schedule",
            this::change),
        activate("/pause", "pauseSchedule", "Stops a schedule.", false),
        activate("/resume", "resumeSchedule", "Lets a schedule go on.", true),
        Operation.delete(
            ONE,
            "deleteSchedule",
            "Deletes a schedule, or ends a backfill.",
            request -> store.schedules().delete(find(request).id())));
  }

  private Operation activate(String path, String id, String summary, boolean active) {
    return new Operation(
        Route.post(
            ONE + path,
            request -> {
              store.schedules().activate(find(request).id(), active);
              return shown(find(request));
            }),
        id,
        summary,
        List.of(),
        List.of(),
        "Schedule",
        200);
  }

  private Answer schedules(Request request) {
    String deployment = DeploymentCalls.find(store, request).id();
    return Answer.json(
        200,
        Shapes.page(
            store.schedules().of(deployment).stream().map(ScheduleCalls::json).toList(), null));
  }

  private DeploymentSchedule find(Request request) {
    String id = request.variable("schedule");
    return store.schedules().of(DeploymentCalls.find(store, request).id()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refused.notFound("this deployment has no schedule " + id));
  }

  static Map<String, @Nullable Object> json(DeploymentSchedule schedule) {
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

  private static Answer shown(DeploymentSchedule schedule) {
    return Answer.json(200, json(schedule)).with("ETag", etag(schedule));
  }

  private static String etag(DeploymentSchedule schedule) {
    return Etag.of(schedule.settings());
  }

  private Answer add(Request request) {
    String deployment = DeploymentCalls.find(store, request).id();
    NewSchedule wanted = settings(request, NewSchedule.of(""));
    DeploymentSchedule there =
        store.schedules().of(deployment).stream()
            .filter(each -> !each.backfill() && each.settings().equals(wanted))
            .findFirst()
            .orElse(null);
    String id = there == null ? store.schedules().add(deployment, wanted) : there.id();
    DeploymentSchedule added = added(store, id);
    return Answer.json(201, json(added)).with("ETag", etag(added));
  }

  /// What was added just now.
  ///
  /// @throws Refused when somebody has deleted it meanwhile
  static DeploymentSchedule added(Store store, String id) {
    return store
        .schedules()
        .find(id)
        .orElseThrow(() -> Refused.conflict("somebody has deleted it as soon as it was added"));
  }

  private Answer change(Request request) {
    DeploymentSchedule schedule = find(request);
    if (schedule.backfill()) {
      throw Refused.conflict("a backfill is not changed: delete it, and start another");
    }
    NewSchedule wanted = settings(request, schedule.settings());
    edits.save(
        request,
        new Edits.Thing("schedule", List.of(schedule.id())),
        () -> Optional.of(find(request)),
        ScheduleCalls::etag,
        there ->
            store.schedules().replace(schedule.id(), there.orElse(schedule).settings(), wanted));
    return shown(find(request));
  }

  /// @param before which keeps what cannot be sent: parameters and jitter
  private static NewSchedule settings(Request request, NewSchedule before) {
    Body body = new Body(request.json(), BODY);
    String spec = spec(body);
    String catchUp = body.text("catchUp", "latest");
    if (!CATCH_UP.contains(catchUp)) {
      body.add("catchUp", "\"catchUp\" must be all, latest or none");
    }
    Integer most = body.numberOrNull("maxActive", 1);
    body.refuseWrong();
    return new NewSchedule(
        spec, before.parameters(), catchUp.toUpperCase(Locale.ROOT), most, before.jitter());
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
