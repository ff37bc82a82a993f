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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of the API about flow runs and their tasks.
final class FlowRunCalls {
  private static final String RUNS = Api.ROOT + "/flow-runs";
  private static final String RUN = RUNS + "/{id}";

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  /// Where a task run stands among the calls.
  private static final Pattern PATH = Pattern.compile("[0-9/]{1,1000}");

  private static final List<Operation.Parameter> LIST =
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
                  + " does not matter."));

  private static final List<Operation.Parameter> RESUME =
      List.of(new Operation.Parameter("input", "any", "The answer to what it asks, of any type."));
  private static final List<Operation.Parameter> RETRY =
      List.of(new Operation.Parameter("fromStart", "boolean", "Does all tasks again."));
  private static final List<Operation.Parameter> STATE =
      List.of(
          Operation.Parameter.required("state", "string", "The name of a final state."),
          new Operation.Parameter("message", "string", "Why, for people."));

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
            LIST,
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
        new Operation(
            Route.get(RUN + "/task-runs", this::taskRuns),
            "listTaskRuns",
            "Its task runs, in the order of their calls.",
            Asked.PAGE,
            List.of(),
            "TaskRunPage",
            200),
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
            Asked.PAGE,
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
        post(RUN + "/resume", "resumeFlowRun", "Lets it go on.", RESUME, this::resume),
        post(
            RUN + "/retry",
            "retryFlowRun",
            "Runs it again; what completed keeps its result unless told otherwise.",
            RETRY,
            this::retry),
        post(
            RUN + "/state",
            "setFlowRunState",
            "Puts it into a final state by hand; whoever runs it loses it.",
            STATE,
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
    Asked asked = new Asked(query, LIST);
    int limit = asked.limit();
    List<StateName> states = asked.states();
    @Nullable Instant since = asked.instant("since");
    @Nullable Instant until = asked.instant("until");
    @Nullable String after = asked.after(ID);
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
    Page page = new Page(after, limit);
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

  /// What is given as after is where the next page begins.
  private Answer taskRuns(Request request) {
    Asked asked = new Asked(request.query(), Asked.PAGE);
    int limit = asked.limit();
    @Nullable String from = asked.after(PATH);
    asked.refuseWrong();
    FlowRun run = run(request);
    List<TaskRun> found =
        store.taskRuns().of(run.id(), run.generation(), from == null ? "" : from, limit + 1);
    return Answer.json(
        200,
        Shapes.page(
            found.stream().limit(limit).map(Shapes::taskRun).toList(),
            found.size() > limit ? found.getLast().key().path() : null));
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
    Asked asked = new Asked(request.query(), Asked.PAGE);
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

  private Answer retry(Request request) {
    Body body = new Body(request.json(), RETRY);
    boolean fromStart = body.has("fromStart") && body.flag("fromStart");
    body.refuseWrong();
    return steer(request, found -> steering.retry(found, fromStart));
  }

  private Answer resume(Request request) {
    Body body = new Body(request.json(), RESUME);
    String input = body.has("input") ? JsonTree.write(body.any("input")) : null;
    body.refuseWrong();
    return steer(request, found -> steering.resume(found, input));
  }

  private Answer force(Request request) {
    Body body = new Body(request.json(), STATE);
    String word = body.text("state");
    String message = body.text("message", "set by hand");
    Optional<StateName> state =
        Arrays.stream(StateName.values())
            .filter(each -> each.type().isFinal() && each.title().equalsIgnoreCase(word))
            .findFirst();
    if (!word.isEmpty() && state.isEmpty()) {
      body.add("state", "\"" + word + "\" is no final state: write one such as Failed");
    }
    body.refuseWrong();
    return steer(
        request, found -> store.flowRuns().force(found.id(), state.orElseThrow(), message));
  }

  private Answer delete(Request request) {
    FlowRun run = run(request);
    if (!store.flowRuns().delete(run.id())) {
      throw Refused.conflict("a process holds run " + run.name() + ": cancel it first");
    }
    return Answer.json(200, Map.of("id", run.id(), "deleted", true));
  }
}
