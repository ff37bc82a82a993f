package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/// A filter of flow runs as a statement.
final class FlowRunList {
  private final StringBuilder conditions = new StringBuilder();
  private final Map<String, Object> values = new LinkedHashMap<>();

  private FlowRunList() {}

  static List<FlowRun> of(Tx tx, RunFilter filter, Page page) {
    FlowRunList list = new FlowRunList();
    list.conditions(filter);
    if (page.after() != null) {
      list.add(
          "(created_at, id) < (SELECT created_at, id FROM flow_run WHERE id = :after)",
          "after",
          page.after());
    }
    Query query =
        tx.query(
            "SELECT * FROM flow_run WHERE 1 = 1"
                + list.conditions
                + " ORDER BY created_at DESC, id DESC LIMIT "
                + page.size());
    list.values.forEach(query::bind);
    return query.map((row, _) -> FlowRunRow.read(row)).list();
  }

  static Map<StateName, Long> states(Tx tx, RunFilter filter) {
    FlowRunList list = new FlowRunList();
    list.conditions(filter);
    Query query =
        tx.query(
            "SELECT state_name, count(*) AS runs FROM flow_run WHERE 1 = 1"
                + list.conditions
                + " GROUP BY state_name ORDER BY state_name");
    list.values.forEach(query::bind);
    Map<StateName, Long> states = new LinkedHashMap<>();
    query
        .map((row, _) -> Map.entry(StateName.of(row.getString("state_name")), row.getLong("runs")))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  private void conditions(RunFilter filter) {
    any("flow", filter.flows());
    any("deployment", filter.deployments());
    any("state_name", filter.states().stream().map(state -> state.title()).toList());
    for (String tag : filter.tags()) {
      String name = name();
      add("id IN (SELECT flow_run FROM flow_run_tag WHERE tag = :" + name + ")", name, tag);
    }
    if (filter.text() != null) {
      add(
          "(name LIKE :text ESCAPE '!' OR flow LIKE :text ESCAPE '!')",
          "text",
          Sql.containing(filter.text()));
    }
    if (filter.parent() != null) {
      add("parent = :parent", "parent", filter.parent());
    }
    if (filter.since() != null) {
      add("created_at >= :since", "since", Tx.micros(filter.since()));
    }
    if (filter.until() != null) {
      add("created_at < :until", "until", Tx.micros(filter.until()));
    }
  }

  private void any(String column, List<String> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (String value : wanted) {
      String name = name();
      values.put(name, value);
      names.add(":" + name);
    }
    conditions
        .append(" AND ")
        .append(column)
        .append(" IN (")
        .append(String.join(", ", names))
        .append(")");
  }

  private String name() {
    return "v" + values.size();
  }

  private void add(String condition, String name, Object value) {
    conditions.append(" AND ").append(condition);
    values.put(name, value);
  }
}
