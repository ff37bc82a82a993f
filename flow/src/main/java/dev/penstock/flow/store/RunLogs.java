package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What runs have logged.
public interface RunLogs {
  /// One line, or several where a text has them.
  ///
  /// @param id grows from line to line; 0 for one that is not stored yet
  /// @param level `DEBUG`, `INFO`, `WARNING` or `ERROR`
  /// @param taskRun the id of the task run it belongs to; null for the flow run itself
  record Line(
      long id,
      String flowRun,
      @Nullable String taskRun,
      Instant at,
      String level,
      String logger,
      String text) {}

  /// Writes lines without waiting for it.
  CompletableFuture<Void> appendSoon(List<Line> lines);

  /// Lines of a flow run after the one of this id, oldest first.
  @Again
  List<Line> of(String flowRun, long after, int atMost);

  /// Which lines are wanted. What is empty or null does not matter.
  ///
  /// @param levels any of these
  /// @param text part of the text or of the logger, in any case
  /// @param taskRun the id of the task run they belong to
  record Wanted(List<String> levels, @Nullable String text, @Nullable String taskRun) {
    /// All lines.
    public static final Wanted ALL = new Wanted(List.of(), null, null);

    public Wanted {
      levels = List.copyOf(levels);
    }

    /// Whether a line is among them.
    public boolean matches(Line line) {
      String part = text == null ? "" : text.toLowerCase(Locale.ROOT);
      return (levels.isEmpty() || levels.contains(line.level()))
          && (taskRun == null || taskRun.equals(line.taskRun()))
          && (line.text().toLowerCase(Locale.ROOT).contains(part)
              || line.logger().toLowerCase(Locale.ROOT).contains(part));
    }
  }

  /// Lines of a flow run after the one of this id, oldest first.
  @Again
  List<Line> after(String flowRun, Wanted wanted, long after, int atMost);

  /// The newest lines of a flow run before the one of this id, oldest first.
  @Again
  List<Line> before(String flowRun, Wanted wanted, long before, int atMost);

  /// How many lines a flow run has; `atMost` stands for that many and more.
  @Again
  int count(String flowRun, int atMost);
}
