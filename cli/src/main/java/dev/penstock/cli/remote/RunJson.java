package dev.penstock.cli.remote;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a server says of runs, read. What no command shows is not asked for: the priority of a run,
/// its generation, its call in its parent, its key.
final class RunJson {
  private RunJson() {}

  static FlowRun flowRun(Map<?, ?> json) {
    return new FlowRun(
        text(json, "id"),
        text(json, "name"),
        new FlowRun.Origin(
            text(json, "flow"),
            optional(json, "deployment"),
            optional(json, "pool"),
            optional(json, "queue"),
            0,
            optional(json, "version"),
            optional(json, "source")),
        new FlowRun.Call(
            JsonTree.write(json.get("parameters")),
            texts(json, "tags"),
            optional(json, "parent"),
            optional(json, "root"),
            null,
            instant(json, "intervalFrom"),
            instant(json, "intervalTo"),
            null),
        state(object(json, "state")),
        Instant.parse(text(json, "due")),
        json.get("attempt") instanceof Number attempt ? attempt.intValue() : 0,
        0,
        optional(json, "owner"),
        json.get("result") == null ? null : JsonTree.write(json.get("result")),
        optional(json, "error"),
        new FlowRun.Times(
            Instant.parse(text(json, "created")),
            instant(json, "started"),
            instant(json, "ended")));
  }

  static State state(Map<?, ?> json) {
    return new State(
        StateName.of(text(json, "name")), Instant.parse(text(json, "at")), text(json, "message"));
  }

  static RunLogs.Line line(String run, Map<?, ?> json) {
    return new RunLogs.Line(
        json.get("id") instanceof Number id ? id.longValue() : 0,
        run,
        optional(json, "taskRun"),
        Instant.parse(text(json, "at")),
        text(json, "level"),
        text(json, "logger"),
        text(json, "text"));
  }

  static Map<?, ?> object(Map<?, ?> json, String name) {
    return json.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  static String text(Map<?, ?> json, String name) {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw new ServerRefused(
        0, "the server did not say \"" + name + "\" of a run: it may be of another version");
  }

  private static @Nullable String optional(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  private static @Nullable Instant instant(Map<?, ?> json, String name) {
    String text = optional(json, name);
    return text == null ? null : Instant.parse(text);
  }

  private static List<String> texts(Map<?, ?> json, String name) {
    List<String> texts = new ArrayList<>();
    if (json.get(name) instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    }
    return texts;
  }
}
