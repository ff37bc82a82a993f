package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/// A filter of flow runs as a statement.
final class FlowRunList {
  private static final String ORDER = " ORDER BY created_at DESC, id DESC LIMIT ";

  private final StringBuilder conditions = new StringBuilder();
  private final Map<String, Object> values = new LinkedHashMap<>();

  private FlowRunList() {}

  static List<FlowRun> of(Tx tx, RunFilter filter, Page page) {
    return new FlowRunList().after(page).conditions(filter).text(filter).page(tx, page.size());
  }

  /// The same, of no more than so many runs: where few names contain a text, many are read.
  static FoundRuns search(Tx tx, RunFilter filter, Page page, int look) {
    FlowRunList list = new FlowRunList().after(page).conditions(filter);
    Optional<Reached> reached = list.reached(tx, look);
    reached.ifPresent(list::upTo);
    List<FlowRun> runs = list.text(filter).page(tx, page.size());
    if (runs.size() == page.size()) {
      return new FoundRuns(runs, runs.getLast().id(), null);
    }
    return new FoundRuns(
        runs,
        reached.map(Reached::id).orElse(null),
        reached.map(each -> Tx.instant(each.created())).orElse(null));
  }

  static Map<StateName, Long> states(Tx tx, RunFilter filter, int look) {
    FlowRunList list = new FlowRunList().conditions(filter);
    if (filter.text() != null) {
      list.reached(tx, look).ifPresent(list::upTo);
      list.text(filter);
    }
    Map<StateName, Long> states = new LinkedHashMap<>();
    list.query(
            tx,
            "SELECT state_name, count(*) AS runs FROM flow_run WHERE 1 = 1",
            " GROUP BY state_name ORDER BY state_name")
        .map((row, _) -> Map.entry(StateName.of(row.getString("state_name")), row.getLong("runs")))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  /// The last run that a search looks at.
  private record Reached(String id, long created) {}

  /// @return empty when there are not so many
  private Optional<Reached> reached(Tx tx, int look) {
    return query(
            tx, "SELECT created_at, id FROM flow_run WHERE 1 = 1", ORDER + "1 OFFSET " + (look - 1))
        .map((row, _) -> new Reached(row.getString("id"), row.getLong("created_at")))
        .findFirst();
  }

  private void upTo(Reached last) {
    values.put("reachedId", last.id());
    add("(created_at, id) >= (:reachedAt, :reachedId)", "reachedAt", last.created());
  }

  private List<FlowRun> page(Tx tx, int size) {
    return query(tx, "SELECT * FROM flow_run WHERE 1 = 1", ORDER + size)
        .map((row, _) -> FlowRunRow.read(row))
        .list();
  }

  private Query query(Tx tx, String before, String after) {
    Query query = tx.query(before + conditions + after);
    values.forEach(query::bind);
    return query;
  }

  private FlowRunList after(Page page) {
    if (page.after() != null) {
      add(
          "(created_at, id) < (SELECT created_at, id FROM flow_run WHERE id = :after)",
          "after",
          page.after());
    }
    return this;
  }

  private FlowRunList conditions(RunFilter filter) {
    any("flow", filter.flows());
    any("deployment", filter.deployments());
    any("state_name", filter.states().stream().map(state -> state.title()).toList());
    for (String tag : filter.tags()) {
      String name = name();
      add("id IN (SELECT flow_run FROM flow_run_tag WHERE tag = :" + name + ")", name, tag);
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
    return this;
  }

  private FlowRunList text(RunFilter filter) {
    if (filter.text() != null) {
      add(
          "(lower(name) LIKE :text ESCAPE '!' OR lower(flow) LIKE :text ESCAPE '!')",
          "text",
          Sql.containing(filter.text().toLowerCase(Locale.ROOT)));
    }
    return this;
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
