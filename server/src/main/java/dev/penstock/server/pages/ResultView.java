package dev.penstock.server.pages;

import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.PrettyJson;
import dev.penstock.server.view.TaskLine;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a task of a run returned, or why it failed, as its tab shows it.
///
/// @param text JSON, or a stack
public record ResultView(TaskRun task, boolean failed, String text) {
  private static final int MOST = 50;
  private static final int LONGEST = 2000;

  /// The first ones; before all others those that failed.
  static List<ResultView> of(List<TaskLine> lines) {
    return lines.stream()
        .filter(line -> line.depth() == 0 && line.task().key().child() == null)
        .map(TaskLine::task)
        .filter(task -> task.state().type().isFinal() && text(task) != null)
        .sorted(Comparator.comparing(task -> task.error() == null))
        .limit(MOST)
        .map(task -> new ResultView(task, task.state().type() == StateType.FAILED, cut(text(task))))
        .toList();
  }

  private static @Nullable String text(TaskRun task) {
    return task.error() == null ? task.result() : task.error();
  }

  private static String cut(@Nullable String text) {
    String whole = PrettyJson.of(text == null ? "" : text);
    return whole.length() <= LONGEST ? whole.stripTrailing() : whole.substring(0, LONGEST) + " …";
  }
}
