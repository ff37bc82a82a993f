package dev.penstock.flow.engine;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import dev.penstock.flow.trace.Span;
import dev.penstock.flow.trace.SpanPlace;
import dev.penstock.flow.trace.Traces;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of runs that have ended, for traces.
record RunSpans(Traces traces) implements AutoCloseable {
  void taskEnded(TaskMove move, Instant began, Instant ended) {
    if (!traces.wanted()) {
      return;
    }
    TaskRun.Key key = move.key();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("penstock.task", key.task());
    attributes.put("penstock.task_run", move.id());
    attributes.put("penstock.flow_run", key.flowRun());
    attributes.put("penstock.state", move.state().title());
    attributes.put("penstock.attempts", String.valueOf(move.attempt()));
    String child = key.child();
    traces.ended(
        new Span(
            new SpanPlace(key.flowRun(), key.generation(), key.path()),
            key.name(),
            began,
            ended,
            failure(move.state().type(), move.message()),
            attributes,
            child == null ? List.of() : List.of(new SpanPlace(child, 0, ""))));
  }

  /// @param caller of a subflow: the task that called it; null for others
  void flowEnded(FlowRun run, @Nullable Scope caller, State reached, Instant began, Instant ended) {
    if (!traces.wanted() || !reached.type().isFinal()) {
      return;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("penstock.flow", run.origin().flow());
    attributes.put("penstock.flow_run", run.id());
    attributes.put("penstock.flow_run_name", run.name());
    attributes.put("penstock.state", reached.name().title());
    attributes.put("penstock.tags", String.join(",", run.call().tags()));
    String deployment = run.origin().deployment();
    if (deployment != null) {
      attributes.put("penstock.deployment", deployment);
    }
    traces.ended(
        new Span(
            new SpanPlace(run.id(), run.generation(), ""),
            run.origin().flow(),
            began,
            ended,
            failure(reached.type(), reached.message()),
            attributes,
            caller == null ? List.of() : List.of(place(caller))));
  }

  private static SpanPlace place(Scope scope) {
    FlowRun run = scope.context().run();
    return new SpanPlace(run.id(), run.generation(), scope.path());
  }

  private static @Nullable String failure(StateType type, String message) {
    return type == StateType.FAILED || type == StateType.CRASHED ? message : null;
  }

  @Override
  public void close() {
    traces.close();
  }
}
