package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.pages.RunSteering;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about flow runs and their tasks.
final class FlowRunCalls {
  private static final String RUNS = Api.ROOT + "/flow-runs";
  private static final String RUN = RUNS + "/{id}";

  private final Store store;
  private final RunSteering steering;

  FlowRunCalls(Store store) {
    this.store = store;
    this.steering = new RunSteering(store);
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>(reading());
    all.addAll(changing());
    return all;
  }

  private List<Operation> reading() {
    return List.of(
        new Operation(
            Route.get(RUNS, this::list),
            "listFlowRuns",
            "Flow runs, newest first.",
            List.of(
                Asked.LIMIT,
                Asked.AFTER,
                new Operation.Parameter("state", "string", "The name of a state; may be repeated."),
                new Operation.Parameter("flow", "string", "The name of a flow; may be repeated."),
                new Operation.Parameter(
                    "deployment", "string", "The id of a deployment; may be repeated."),
                new Operation.Parameter("tag", "string", "A tag; may be repeated."),
                new Operation.Parameter("since", "string", "Made at this instant or later."),
                new Operation.Parameter("until", "string", "Made before this instant."),
                new Operation.Parameter(
                    "q",
                    "string",
                    "Part of the name of the run or of its flow. Each page looks through 50,000"
                        + " runs: it may be short, or empty, although there are more after it."),
                new Operation.Parameter(
                    "called",
                    "string",
                    "Only those with this id, the beginning of it, or this name; then the rest"
                        + " does not matter.")),
            List.of(),
            "FlowRunPage",
            200),
        Operation.get(
            RUN,
            "getFlowRun",
            "A flow run.",
            "FlowRun",
            request -> Answer.json(200, Shapes.flowRun(run(request)))),
        Operation.get(
            RUN + "/states",
            "listStates",
            "Every state it was in, the first one first.",
            "StatePage",
            this::states),
        Operation.get(
            RUN + "/task-runs",
            "listTaskRuns",
            "Its task runs, in the order of their calls.",
            "TaskRunPage",
            this::taskRuns),
        Operation.get(
            RUN + "/task-states",
            "countTaskStates",
            "How many of its task runs are in each state.",
            "Counts",
            this::taskStates),
        Operation.get(
            Api.ROOT + "/task-runs/{id}",
            "getTaskRun",
            "A task run.",
            "TaskRun",
            request -> Answer.json(200, Shapes.taskRun(taskRun(request)))),
        new Operation(
            Route.get(RUN + "/logs", this::logs),
            "listLogs",
            "Its log, the first line first.",
            List.of(Asked.LIMIT, Asked.AFTER),
            List.of(),
            "LogPage",
            200));
  }

  private List<Operation> changing() {
    return List.of(
        post(
            RUN + "/cancel",
            "cancelFlowRun",
            "Asks it to stop.",
            List.of(),
            request -> steer(request, steering::cancel)),
        post(
            RUN + "/pause",
            "pauseFlowRun",
            "Asks it to wait before its next task.",
            List.of(),
            request -> steer(request, steering::pause)),
        post(
            RUN + "/resume",
            "resumeFlowRun",
            "Lets it go on.",
            List.of(
                new Operation.Parameter(
                    "input", "any", "The answer to what it asks, of any type.")),
            this::resume),
        post(
            RUN + "/retry",
            "retryFlowRun",
            "Runs it again; what completed keeps its result unless told otherwise.",
            List.of(new Operation.Parameter("fromStart", "boolean", "Does all tasks again.")),
            request -> {
              boolean fromStart = Boolean.TRUE.equals(request.json().get("fromStart"));
              return steer(request, found -> steering.retry(found, fromStart));
            }),
        post(
            RUN + "/state",
            "setFlowRunState",
            "Puts it into a final state by hand; whoever runs it loses it.",
            List.of(
                Operation.Parameter.required("state", "string", "The name of a final state."),
                new Operation.Parameter("message", "string", "Why, for people.")),
            this::force),
        new Operation(
            new Route("DELETE", RUN, this::delete),
            "deleteFlowRun",
            "Deletes it with its subflows, tasks, logs and artifacts.",
            List.of(),
            List.of(),
            "Deleted",
            200));
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

  private TaskRun taskRun(Request request) {
    String id = request.variable("id");
    return store
        .taskRuns()
        .find(id)
        .orElseThrow(() -> Refused.notFound("there is no task run " + id));
  }

  private Answer list(Request request) {
    Fields query = request.query();
    Asked asked = new Asked(query);
    int limit = asked.limit();
    List<StateName> states = asked.states();
    @Nullable Instant since = asked.instant("since");
    @Nullable Instant until = asked.instant("until");
    asked.refuseWrong();
    if (query.first("called").isPresent()) {
      List<FlowRun> called = store.search().flowRuns(query.first("called").get(), limit);
      return Answer.json(200, Shapes.page(called.stream().map(Shapes::flowRun).toList(), null));
    }
    RunFilter filter =
        new RunFilter(
            query.all("flow"),
            query.all("deployment"),
            states,
            query.all("tag"),
            query.first("q").orElse(null),
            null,
            since,
            until);
    Page page = new Page(query.first("after").orElse(null), limit);
    if (filter.text() != null) {
      return found(store.flowRuns().search(filter, page, FoundRuns.LOOK));
    }
    List<FlowRun> runs = store.flowRuns().list(filter, page);
    return Answer.json(
        200,
        Shapes.page(
            runs.stream().map(Shapes::flowRun).toList(),
            runs.size() < limit ? null : runs.getLast().id()));
  }

  private static Answer found(FoundRuns found) {
    return Answer.json(
        200, Shapes.page(found.runs().stream().map(Shapes::flowRun).toList(), found.next()));
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

  private Answer taskStates(Request request) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    store
        .search()
        .taskStates(run(request).id())
        .forEach((state, count) -> counts.put(state.title(), count));
    return Answer.json(200, counts);
  }

  private Answer logs(Request request) {
    Asked asked = new Asked(request.query());
    int limit = asked.limit();
    long after = asked.line("after");
    asked.refuseWrong();
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
    String input = body.containsKey("input") ? JsonTree.write(body.get("input")) : null;
    return steer(request, found -> steering.resume(found, input));
  }

  private Answer force(Request request) {
    Map<String, @Nullable Object> body = request.json();
    String word = String.valueOf(body.get("state"));
    StateName state =
        Arrays.stream(StateName.values())
            .filter(each -> each.type().isFinal() && each.title().equalsIgnoreCase(word))
            .findFirst()
            .orElseThrow(() ->
                Refused.badField(
                    "state", "\"" + word + "\" is no final state: write one such as Failed"));
    String message = body.get("message") instanceof String text ? text : "set by hand";
    return steer(request, found -> store.flowRuns().force(found.id(), state, message));
  }

  private Answer delete(Request request) {
    FlowRun run = run(request);
    if (!store.flowRuns().delete(run.id())) {
      throw Refused.conflict("a process holds run " + run.name() + ": cancel it first");
    }
    return Answer.json(200, Map.of("id", run.id(), "deleted", true));
  }
}
