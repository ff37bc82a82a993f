package dev.penstock.server.metrics;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.LimitUse;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.server.metrics.MetricsText.Type;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `/metrics`: what the store and this process say of themselves. What comes from the store is the
/// same from each server.
public final class MetricsPage {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RunFilter GOING_ON =
      RunFilter.ALL.in(
          Arrays.stream(StateName.values()).filter(state -> !state.type().isFinal()).toList());

  private final Store store;
  private final InstantSource clock;
  private final RequestTimes times;

  public MetricsPage(Store store, InstantSource clock, RequestTimes times) {
    this.store = store;
    this.clock = clock;
    this.times = times;
  }

  public List<Route> routes() {
    return List.of(Route.get("/metrics", this::show));
  }

  private Answer show(Request request) {
    MetricsText text = new MetricsText();
    runs(text);
    new PipelineMetrics(store).write(text);
    capacity(text);
    limits(text);
    times.write(text);
    Runtime jvm = Runtime.getRuntime();
    text.metric("penstock_heap_bytes", Type.GAUGE, "Memory of this process that is in use.")
        .sample("penstock_heap_bytes", Map.of(), jvm.totalMemory() - jvm.freeMemory());
    return Answer.plain(text.toString())
        .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  }

  private void runs(MetricsText text) {
    Map<StateName, FlowRuns.Counted> states = store.flowRuns().states(GOING_ON, Integer.MAX_VALUE);
    text.metric("penstock_flow_runs", Type.GAUGE, "Flow runs that are not over, by state.");
    for (StateName state : GOING_ON.states()) {
      FlowRuns.Counted counted = states.get(state);
      text.sample(
          "penstock_flow_runs",
          Map.of("state", state.title()),
          counted == null ? 0 : counted.runs());
    }
    Map<StateType, Long> ended = new TreeMap<>();
    for (StateType type : StateType.values()) {
      if (type.isFinal()) {
        ended.put(type, 0L);
      }
    }
    for (FlowRuns.Ended each : store.flowRuns().ended(clock.instant().minus(HOUR), HOUR)) {
      ended.merge(each.state(), each.runs(), Long::sum);
    }
    text.metric(
        "penstock_flow_runs_ended_last_hour", Type.GAUGE, "Flow runs that ended within an hour.");
    ended.forEach((type, count) ->
        text.sample("penstock_flow_runs_ended_last_hour", Map.of("type", type.name()), count));
  }

  private void capacity(MetricsText text) {
    text.metric(
        "penstock_flow_runs_waiting", Type.GAUGE, "Due flow runs that no worker has taken.");
    for (RunSearch.Waiting each : store.search().waiting()) {
      text.sample(
          "penstock_flow_runs_waiting",
          labels("pool", each.pool(), "queue", each.queue()),
          each.runs());
    }
    Map<Map<String, String>, Integer> workers = new LinkedHashMap<>();
    for (WorkerEntry each : store.workers().list()) {
      String state = each.state().name().toLowerCase(Locale.ROOT);
      workers.merge(labels("pool", each.pool(), "state", state), 1, Integer::sum);
    }
    text.metric("penstock_workers", Type.GAUGE, "Workers by pool and state.");
    workers.forEach((labels, count) -> text.sample("penstock_workers", labels, count));
  }

  private void limits(MetricsText text) {
    List<LimitUse> limits = store.limits().list();
    text.metric("penstock_limit_slots", Type.GAUGE, "Slots of concurrency limits.");
    for (LimitUse use : limits) {
      text.sample("penstock_limit_slots", limit(use), use.limit().slots());
    }
    text.metric("penstock_limit_slots_taken", Type.GAUGE, "Slots that somebody has.");
    for (LimitUse use : limits) {
      text.sample("penstock_limit_slots_taken", limit(use), use.taken().size() + use.decaying());
    }
    text.metric("penstock_limit_waiting", Type.GAUGE, "Task runs that wait for a slot.");
    for (LimitUse use : limits) {
      text.sample("penstock_limit_waiting", limit(use), use.waiting());
    }
  }

  private static Map<String, String> limit(LimitUse use) {
    return labels(
        "kind",
        use.limit().key().kind().name().toLowerCase(Locale.ROOT),
        "name",
        use.limit().key().name());
  }

  private static Map<String, String> labels(
      String first, String value, String second, String other) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(first, value);
    labels.put(second, other);
    return labels;
  }
}
