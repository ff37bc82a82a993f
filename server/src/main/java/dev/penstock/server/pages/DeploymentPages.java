package dev.penstock.server.pages;

import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The deployments, and the page of one.
public final class DeploymentPages {
  private static final int TICKS = 10;
  private static final int LAST_RUNS = 5;

  private final Site site;
  private final NewRun newRun;
  private final DeploymentSchedules schedules;
  private final DeploymentBackfills backfills;

  DeploymentPages(Site site, NewRun newRun) {
    this.site = site;
    this.newRun = newRun;
    this.schedules = new DeploymentSchedules(site);
    this.backfills = new DeploymentBackfills(site);
  }

  /// A deployment in the list.
  ///
  /// @param next its next tick; null for none
  /// @param last its newest run; null for none
  public record Row(Deployment deployment, @Nullable Instant next, @Nullable FlowRun last) {}

  /// A schedule, in words.
  public record ScheduleRow(DeploymentSchedule schedule, String words) {
    static ScheduleRow of(DeploymentSchedule schedule) {
      return new ScheduleRow(schedule, DeploymentSchedules.describe(schedule));
    }
  }

  List<Route> routes() {
    return List.of(
        Route.get("/deployments", this::list),
        Route.get(
            "/deployments/{id}",
            request -> show(request, find(request), 200, Fields.NONE, List.of())),
        Route.post("/deployments/{id}/run", this::run),
        Route.post("/deployments/{id}/pause", request -> pause(request, true)),
        Route.post("/deployments/{id}/resume", request -> pause(request, false)),
        Route.post("/deployments/{id}/schedules", this::saveSchedule),
        Route.post("/deployments/{id}/schedules/{schedule}", this::activate),
        Route.post("/deployments/{id}/schedules/{schedule}/delete", this::deleteSchedule),
        Route.post("/deployments/{id}/backfill", this::backfill));
  }

  private Answer list(Request request) {
    List<Row> rows =
        site.store().deployments().list().stream()
            .map(each ->
                new Row(
                    each,
                    DeploymentSchedules.next(site.store(), each).orElse(null),
                    runs(each, 1).stream().findFirst().orElse(null)))
            .toList();
    Shell shell =
        site.shell(
            request, "Deployments", "deployments", List.of(new Shell.Crumb("Deployments", "")));
    return rows.isEmpty()
        ? site.page("empty-deployments", shell, Map.of())
        : site.page("deployments", shell, Map.of("rows", rows));
  }

  private List<FlowRun> runs(Deployment deployment, int most) {
    return site.store()
        .flowRuns()
        .list(RunFilter.ALL.ofDeployment(deployment.id()), Page.first(most));
  }

  private Deployment find(Request request) {
    String id = request.variable("id");
    return site.store()
        .deployments()
        .find(id)
        .orElseThrow(
            () -> Refused.notFound("there is no deployment " + id + "; it may have been deleted"));
  }

  private Answer show(
      Request request, Deployment deployment, int status, Fields typed, List<Refused.Field> wrong) {
    return show(request, deployment, status, typed, wrong, null);
  }

  private Answer show(
      Request request,
      Deployment deployment,
      int status,
      Fields typed,
      List<Refused.Field> wrong,
      @Nullable EditForm scheduleForm) {
    List<DeploymentSchedule> schedules = site.store().schedules().of(deployment.id());
    List<DeploymentSchedule> active =
        schedules.stream().filter(each -> each.active() && !each.ended()).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("deployment", deployment);
    values.put("form", RunForm.of(deployment, typed, wrong));
    values.put("tags", typed.raw("tags").orElse(""));
    values.put("schedules", schedules.stream().map(ScheduleRow::of).toList());
    values.put("ticks", deployment.paused() ? List.of() : DeploymentSchedules.ticks(active, TICKS));
    values.put(
        "schedule",
        scheduleForm == null
            ? DeploymentSchedules.form(schedules, request.query(), request.viewer().zone())
            : scheduleForm);
    values.put("backfill", backfills.panel(deployment, request.query(), request.viewer().zone()));
    values.put("runs", runs(deployment, LAST_RUNS));
    Shell shell =
        site.shell(
            request,
            deployment.name(),
            "deployments",
            List.of(
                new Shell.Crumb("Deployments", "/deployments"),
                new Shell.Crumb(deployment.fullName(), "")));
    return site.page(status, "deployment", shell, values);
  }

  private Answer run(Request request) {
    Deployment deployment = find(request);
    Fields form = request.form();
    List<String> tags =
        form.first("tags").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .toList();
    try {
      return Answer.seeOther(
          "/runs/" + newRun.make(deployment, RunForm.texts(form), tags, null).id());
    } catch (Refused refusal) {
      if (refusal.fields().isEmpty()) {
        throw refusal;
      }
      return show(request, deployment, refusal.status(), form, refusal.fields());
    }
  }

  private Answer pause(Request request, boolean paused) {
    Deployment deployment = find(request);
    site.store().deployments().pause(deployment.id(), paused);
    return Answer.seeOther("/deployments/" + deployment.id());
  }

  private Answer activate(Request request) {
    Deployment deployment = find(request);
    String id = schedules.find(deployment, request.variable("schedule")).id();
    site.store().schedules().activate(id, request.form().first("active").isPresent());
    return Answer.seeOther("/deployments/" + deployment.id());
  }

  private Answer saveSchedule(Request request) {
    Deployment deployment = find(request);
    Fields form = request.form();
    try {
      schedules.save(deployment, form);
      return Answer.seeOther("/deployments/" + deployment.id());
    } catch (Refused refusal) {
      if (refusal.fields().isEmpty()) {
        throw refusal;
      }
      EditForm typed = EditForm.of(form).wrong("rule", refusal.detail());
      return show(request, deployment, 422, Fields.NONE, List.of(), typed);
    }
  }

  private Answer deleteSchedule(Request request) {
    Deployment deployment = find(request);
    schedules.delete(deployment, request.variable("schedule"));
    return Answer.seeOther("/deployments/" + deployment.id());
  }

  private Answer backfill(Request request) {
    Deployment deployment = find(request);
    backfills.start(deployment, request.form(), request.viewer().zone());
    return Answer.seeOther("/deployments/" + deployment.id());
  }
}
