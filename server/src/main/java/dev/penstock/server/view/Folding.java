package dev.penstock.server.view;

import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The tasks of a run as rows: where there are too many, finished ones of one name share a row, at
/// first those that went well.
///
/// @param lines the rows
/// @param left how many tasks have none
public record Folding(List<TaskLine> lines, int left) {
  static final int MOST = 200;

  /// Of a name that somebody has unfolded, so many have rows of their own.
  private static final int MOST_UNFOLDED = 200;

  /// Which tasks share a row.
  private record Key(String flowRun, String task, String group) {}

  /// @param selected the id of a task that has a row of its own
  /// @param unfolded the name of tasks that have rows of their own; empty for none
  public static Folding of(List<TaskLine> all, String selected, String unfolded) {
    if (all.size() <= MOST) {
      return new Folding(all, 0);
    }
    Predicate<TaskLine> other = line -> !line.task().id().equals(selected);
    Predicate<TaskLine> well = line -> line.task().state().type() == StateType.COMPLETED;
    List<TaskLine> lines = fold(all, unfolded, other.and(well));
    int most = unfolded.isEmpty() ? MOST : MOST + MOST_UNFOLDED;
    if (lines.size() > most) {
      lines = fold(all, unfolded, other.and(line -> line.task().state().type().isFinal()));
    }
    int drawn = Math.min(most, lines.size());
    return new Folding(lines.subList(0, drawn), lines.size() - drawn);
  }

  private static List<TaskLine> fold(
      List<TaskLine> all, String unfolded, Predicate<TaskLine> foldable) {
    Map<Key, List<TaskRun>> groups = new LinkedHashMap<>();
    int shown = 0;
    for (TaskLine line : all) {
      boolean own = line.task().key().task().equals(unfolded) && shown++ < MOST_UNFOLDED;
      if (!own && foldable.test(line)) {
        groups.computeIfAbsent(key(line), _ -> new ArrayList<>()).add(line.task());
      }
    }
    groups.values().removeIf(tasks -> tasks.size() == 1);
    Map<String, List<TaskRun>> folded = new LinkedHashMap<>();
    groups.values().forEach(tasks -> tasks.forEach(task -> folded.put(task.id(), tasks)));
    return rows(all, folded);
  }

  /// The first task of each group with the others of it; what a folded subflow has called is left
  /// out.
  private static List<TaskLine> rows(List<TaskLine> all, Map<String, List<TaskRun>> folded) {
    List<TaskLine> rows = new ArrayList<>();
    int inside = Integer.MAX_VALUE;
    for (TaskLine line : all) {
      if (line.depth() > inside) {
        continue;
      }
      List<TaskRun> group = folded.get(line.task().id());
      inside = group == null ? Integer.MAX_VALUE : line.depth();
      if (group == null) {
        rows.add(line);
      } else if (group.getFirst().id().equals(line.task().id())) {
        rows.add(line.with(group));
      }
    }
    return rows;
  }

  private static Key key(TaskLine line) {
    TaskRun task = line.task();
    String group = Look.of(task.state().name()).group();
    return new Key(task.key().flowRun(), task.key().task(), group);
  }
}
