package dev.penstock.flow.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A filter of flow runs as a statement.
final class FlowRunList {
  static final String ORDER = " ORDER BY created_at DESC, id DESC LIMIT ";

  private final StringBuilder conditions = new StringBuilder();
  private final Map<String, Object> values = new LinkedHashMap<>();

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

  /// The last run that a search looks at.
  record Reached(String id, long created) {}

  /// @return empty when there are not so many
  Optional<Reached> reached(Tx tx, int look) {
    return query(
            tx,
            "SELECT created_at, id FROM flow_run WHERE 1 = 1"
                + conditions
                + ORDER
                + "1 OFFSET "
                + (look - 1))
        .map(row -> new Reached(row.getString("id"), row.getLong("created_at")))
        .findFirst();
  }

  void upTo(Reached last) {
    values.put("reachedId", last.id());
    add("(created_at, id) >= (:reachedAt, :reachedId)", "reachedAt", last.created());
  }

  private List<FlowRun> page(Tx tx, int size) {
    return query(tx, "SELECT * FROM flow_run WHERE 1 = 1" + conditions + ORDER + size)
        .map(FlowRunRow::read)
        .list();
  }

  /// A statement with the values of the filter.
  Query query(Tx tx, String sql) {
    return tx.query(sql).bindAll(values);
  }

  /// ` AND …`, or nothing.
  String conditions() {
    return conditions.toString();
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

  FlowRunList conditions(RunFilter filter) {
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
    return times(filter);
  }

  FlowRunList times(RunFilter filter) {
    if (filter.since() != null) {
      add("created_at >= :since", "since", Tx.micros(filter.since()));
    }
    if (filter.until() != null) {
      add("created_at < :until", "until", Tx.micros(filter.until()));
    }
    return this;
  }

  FlowRunList text(RunFilter filter) {
    if (filter.text() != null) {
      add(
          "(lower(name) LIKE :text ESCAPE '!' OR lower(flow) LIKE :text ESCAPE '!')",
          "text",
          LikePattern.containing(filter.text().toLowerCase(Locale.ROOT)));
    }
    return this;
  }

  private void any(String column, List<String> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (String value : wanted) {
      names.add(":" + value(value));
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

  /// The name of a value that a statement has besides its conditions.
  String value(String value) {
    String name = name();
    values.put(name, value);
    return name;
  }

  private void add(String condition, String name, Object value) {
    conditions.append(" AND ").append(condition);
    values.put(name, value);
  }
}
