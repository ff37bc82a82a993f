package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRuns.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/// How many runs are in each state, counted no further than is wanted: among a million, counting
/// all takes half a second.
final class RunCounts {
  private final FlowRunList list = new FlowRunList();
  private final Map<StateName, Long> runs = new LinkedHashMap<>();

  private RunCounts() {}

  static Map<StateName, Counted> of(Tx tx, RunFilter filter, int atMost) {
    boolean indexed =
        filter.flows().isEmpty()
            && filter.deployments().isEmpty()
            && filter.tags().isEmpty()
            && filter.text() == null
            && filter.parent() == null;
    return indexed
        ? new RunCounts().ofEachState(tx, filter, atMost)
        : new RunCounts().amongTheNewest(tx, filter, atMost);
  }

  /// By the index of the runs of a state.
  private Map<StateName, Counted> ofEachState(Tx tx, RunFilter filter, int atMost) {
    List<StateName> states =
        filter.states().isEmpty() ? List.of(StateName.values()) : filter.states();
    list.times(filter);
    List<String> counts = new ArrayList<>();
    for (StateName state : states) {
      String name = list.value(state.title());
      counts.add(
          "SELECT :"
              + name
              + " AS state_name, count(*) AS runs FROM (SELECT 1 FROM flow_run WHERE state_name = :"
              + name
              + list.conditions()
              + " LIMIT "
              + atMost
              + ") counted");
    }
    count(tx, String.join(" UNION ALL ", counts));
    return counted(count -> count >= atMost);
  }

  private Map<StateName, Counted> amongTheNewest(Tx tx, RunFilter filter, int atMost) {
    list.conditions(filter);
    boolean far = false;
    if (filter.text() != null) {
      Optional<FlowRunList.Reached> reached = list.reached(tx, FoundRuns.LOOK);
      reached.ifPresent(list::upTo);
      far = reached.isPresent();
      list.text(filter);
    }
    count(
        tx,
        "SELECT state_name, count(*) AS runs FROM (SELECT state_name FROM flow_run WHERE 1 = 1"
            + list.conditions()
            + FlowRunList.ORDER
            + atMost
            + ") newest GROUP BY state_name");
    boolean more = far || runs.values().stream().mapToLong(Long::longValue).sum() >= atMost;
    return counted(_ -> more);
  }

  private void count(Tx tx, String sql) {
    list.query(tx, sql)
        .map(row -> Map.entry(StateName.of(row.getString("state_name")), row.getLong("runs")))
        .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
  }

  private Map<StateName, Counted> counted(LongPredicate more) {
    Map<StateName, Counted> counted = new LinkedHashMap<>();
    for (StateName state : StateName.values()) {
      long count = runs.getOrDefault(state, 0L);
      if (count > 0) {
        counted.put(state, new Counted(count, more.test(count)));
      }
    }
    return counted;
  }
}
