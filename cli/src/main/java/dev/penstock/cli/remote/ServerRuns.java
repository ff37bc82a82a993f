package dev.penstock.cli.remote;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Flow runs of a server.
public record ServerRuns(ServerCalls calls) implements Runs {
  private static final int PAGE = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  @Override
  public List<FlowRun> list(RunFilter filter, int atMost) {
    StringJoiner query = new StringJoiner("&");
    filter.flows().forEach(flow -> query.add("flow=" + ServerCalls.encoded(flow)));
    filter.states().forEach(state -> query.add("state=" + ServerCalls.encoded(state.title())));
    filter.tags().forEach(tag -> query.add("tag=" + ServerCalls.encoded(tag)));
    if (filter.text() != null) {
      query.add("q=" + ServerCalls.encoded(filter.text()));
    }
    if (filter.since() != null) {
      query.add("since=" + filter.since());
    }
    List<FlowRun> runs = new ArrayList<>();
    String after = "";
    do {
      int wanted = Math.min(PAGE, atMost - runs.size());
      String path = "/flow-runs?limit=" + wanted + after + "&" + query;
      Map<String, @Nullable Object> page = calls.get(path);
      items(page).forEach(item -> runs.add(RunJson.flowRun(item)));
      Object next = page.get("after");
      after = next == null ? "" : "&after=" + next;
    } while (!after.isEmpty() && runs.size() < atMost);
    return runs;
  }

  private static List<Map<?, ?>> items(Map<String, @Nullable Object> page) {
    List<Map<?, ?>> items = new ArrayList<>();
    if (page.get("items") instanceof List<?> list) {
      list.forEach(item -> items.add((Map<?, ?>) item));
    }
    return items;
  }

  @Override
  public List<FlowRun> called(String word, int atMost) {
    String path = "/flow-runs?limit=" + atMost + "&called=" + ServerCalls.encoded(word);
    return items(calls.get(path)).stream().map(RunJson::flowRun).toList();
  }

  @Override
  public Optional<FlowRun> find(String id) {
    try {
      return Optional.of(RunJson.flowRun(calls.get("/flow-runs/" + id)));
    } catch (ServerRefused e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<State> history(String id) {
    return items(calls.get("/flow-runs/" + id + "/states")).stream().map(RunJson::state).toList();
  }

  @Override
  public Map<StateName, Integer> taskStates(String id) {
    Map<StateName, Integer> states = new LinkedHashMap<>();
    calls
        .get("/flow-runs/" + id + "/task-states")
        .forEach((state, count) ->
            states.put(
                StateName.of(state), count instanceof Number number ? number.intValue() : 0));
    return states;
  }

  @Override
  public List<RunLogs.Line> lines(String id, long after) {
    String path = "/flow-runs/" + id + "/logs?limit=" + PAGE + "&after=" + after;
    return items(calls.get(path)).stream().map(line -> RunJson.line(id, line)).toList();
  }

  @Override
  public Optional<String> taskName(String taskRun) {
    return Optional.ofNullable(calls.get("/task-runs/" + taskRun).get("name")).map(String::valueOf);
  }

  @Override
  public Optional<String> asks(String id) {
    return items(calls.get("/flow-runs/" + id + "/task-runs")).stream()
        .filter(task -> RunJson.state(RunJson.object(task, "state")).name() == StateName.PAUSED)
        .max((one, other) -> RunJson.text(one, "id").compareTo(RunJson.text(other, "id")))
        .map(task -> RunJson.state(RunJson.object(task, "state")).message());
  }

  @Override
  public Optional<State> cancel(String id) {
    return Optional.of(changed(id, "cancel", Map.of()));
  }

  @Override
  public Optional<State> pause(String id) {
    return Optional.of(changed(id, "pause", Map.of()));
  }

  private State changed(String id, String how, Map<String, ? extends @Nullable Object> body) {
    return RunJson.flowRun(calls.post("/flow-runs/" + id + "/" + how, body)).state();
  }

  @Override
  public void resume(String id, @Nullable String input) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (input != null) {
      body.put("input", JsonTree.read(input));
    }
    changed(id, "resume", body);
  }

  @Override
  public void retry(String id, boolean fromStart) {
    changed(id, "retry", Map.of("fromStart", fromStart));
  }

  @Override
  public void force(String id, StateName state, String message) {
    changed(id, "state", Map.of("state", state.title(), "message", message));
  }

  @Override
  public boolean delete(String id) {
    try {
      calls.delete("/flow-runs/" + id);
      return true;
    } catch (ServerRefused e) {
      if (e.status() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }
}
