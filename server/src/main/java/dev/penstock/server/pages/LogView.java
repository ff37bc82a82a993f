package dev.penstock.server.pages;

import dev.penstock.flow.store.RunLogs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lines of a run's log, and which are wanted.
///
/// @param names of tasks by the ids of their runs
/// @param older the address of the page before; null when there is none
/// @param count how many lines the run has, all together
/// @param newest the number of the last line that is shown, 0 for none
public record LogView(
    Choice choice,
    List<RunLogs.Line> lines,
    Map<String, String> names,
    @Nullable String older,
    int count,
    long newest) {
  static final int COUNTED = 10_000;
  static final String LEAST = "DEBUG";
  private static final List<String> LEVELS = List.of(LEAST, "INFO", "WARNING", "ERROR");

  /// Which lines are wanted.
  ///
  /// @param level the least of them
  /// @param text what they contain; empty for any
  /// @param task the id of a task run; empty for any
  public record Choice(String level, String text, String task) {
    RunLogs.Wanted wanted() {
      int least = LEVELS.indexOf(level);
      return new RunLogs.Wanted(
          least <= 0 ? List.of() : LEVELS.subList(least, LEVELS.size()),
          text.isEmpty() ? null : text,
          task.isEmpty() ? null : task);
    }

    static boolean known(String level) {
      return LEVELS.contains(level);
    }
  }

  public String counted() {
    return count >= COUNTED ? "10,000+" : dev.penstock.server.view.Words.count(count);
  }
}
