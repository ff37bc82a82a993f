package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.State;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.TaskRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How things are written as JSON.
final class Shapes {
  private Shapes() {}

  static Map<String, @Nullable Object> flowRun(FlowRun run) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", run.id());
    json.put("name", run.name());
    json.put("flow", run.origin().flow());
    json.put("state", state(run.state()));
    times(json, run.times());
    json.put("due", run.due().toString());
    json.put("attempt", run.attempt());
    json.put("parameters", JsonTree.read(run.call().parameters()));
    json.put("tags", run.call().tags());
    json.put("deployment", run.origin().deployment());
    json.put("pool", run.origin().pool());
    json.put("queue", run.origin().queue());
    json.put("version", run.origin().version());
    json.put("source", run.origin().source());
    json.put("parent", run.call().parent());
    json.put("root", run.call().root());
    json.put("intervalFrom", text(run.call().intervalFrom()));
    json.put("intervalTo", text(run.call().intervalTo()));
    json.put("owner", run.owner());
    json.put("result", tree(run.result()));
    json.put("error", run.error());
    return json;
  }

  static Map<String, @Nullable Object> taskRun(TaskRun task) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", task.id());
    json.put("flowRun", task.key().flowRun());
    json.put("name", task.key().name());
    json.put("task", task.key().task());
    json.put("subflow", task.key().child());
    json.put("state", state(task.state()));
    times(json, task.times());
    json.put("attempt", task.attempt());
    json.put("tags", task.tags());
    json.put("figures", tree(task.summary()));
    json.put("error", task.error());
    return json;
  }

  static Map<String, @Nullable Object> line(RunLogs.Line line) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", line.id());
    json.put("at", line.at().toString());
    json.put("level", line.level());
    json.put("logger", line.logger());
    json.put("taskRun", line.taskRun());
    json.put("text", line.text());
    return json;
  }

  static Map<String, @Nullable Object> deployment(Deployment deployment) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    String schema = deployment.settings().parameterSchema();
    json.put("id", deployment.id());
    json.put("name", deployment.name());
    json.put("flow", deployment.flow());
    json.put("version", deployment.version());
    json.put("paused", deployment.paused());
    json.put("description", deployment.settings().description());
    json.put("parameters", JsonTree.read(deployment.settings().parameters()));
    json.put("parameterSchema", tree(schema));
    json.put("tags", deployment.settings().tags());
    json.put("pool", deployment.settings().target().pool());
    json.put("queue", deployment.settings().target().queue());
    json.put("updated", deployment.updated().toString());
    return json;
  }

  static Map<String, String> state(State state) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("name", state.name().title());
    json.put("type", state.type().name());
    json.put("at", state.at().toString());
    json.put("message", state.message());
    return json;
  }

  private static void times(Map<String, @Nullable Object> json, FlowRun.Times times) {
    json.put("created", times.created().toString());
    json.put("started", text(times.started()));
    json.put("ended", text(times.ended()));
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable Object tree(@Nullable String json) {
    return json == null ? null : JsonTree.read(json);
  }

  /// A part of a list.
  ///
  /// @param after where the next part begins; null for the last one
  static Map<String, @Nullable Object> page(List<?> items, @Nullable Object after) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("items", items);
    json.put("after", after);
    return json;
  }
}
