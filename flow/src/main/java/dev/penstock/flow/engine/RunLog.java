package dev.penstock.flow.engine;

import dev.penstock.flow.store.RunLogs;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a flow run logs: to the console at once, to the store in groups. Safe for use by several
/// threads.
final class RunLog implements AutoCloseable {
  private static final int GROUP = 200;

  /// Of a line in the store, in characters; a longer one becomes several.
  private static final int LONGEST = 1 << 20;

  private final RunLogs store;
  private final EngineSettings settings;
  private final String flowRun;
  private final String name;
  private final List<RunLogs.Line> held = new ArrayList<>();
  private long heldLength;

  RunLog(RunLogs store, EngineSettings settings, String flowRun, String name) {
    this.store = store;
    this.settings = settings;
    this.flowRun = flowRun;
    this.name = name;
  }

  /// Something that is said, neither shown nor stored yet.
  record Saying(
      Instant at,
      LogLevel level,
      String logger,
      String subject,
      @Nullable String taskRun,
      String text) {}

  /// What the flow run itself says, for whoever stores its [#lines] and has it shown then.
  Saying saying(LogLevel level, String text) {
    return saying(level, "penstock.flow-runs", LogFormat.flowRun(name), null, text);
  }

  private Saying saying(
      LogLevel level, String logger, String subject, @Nullable String taskRun, String text) {
    return new Saying(settings.clock().instant(), level, logger, subject, taskRun, text);
  }

  /// A line of the flow run itself.
  void flow(LogLevel level, String text) {
    write(saying(level, text));
  }

  /// A line of one of its tasks.
  void task(LogLevel level, TaskLabel task, String text) {
    write(level, "penstock.task-runs", LogFormat.taskRun(task.name()), task.id(), text);
  }

  /// Which task run a line is of.
  record TaskLabel(String id, String name) {}

  void write(LogLevel level, String logger, String subject, @Nullable String taskRun, String text) {
    write(saying(level, logger, subject, taskRun, text));
  }

  private void write(Saying saying) {
    show(saying);
    synchronized (held) {
      for (RunLogs.Line line : lines(saying)) {
        held.add(line);
        heldLength += line.text().length();
        if (held.size() >= GROUP || heldLength >= LONGEST) {
          flush();
        }
      }
    }
  }

  /// On the console.
  void show(Saying saying) {
    settings
        .console()
        .line(
            LogFormat.line(
                saying.at(),
                ZoneId.systemDefault(),
                saying.level(),
                saying.subject(),
                saying.text()));
  }

  /// As a store takes it.
  List<RunLogs.Line> lines(Saying saying) {
    return pieces(saying.text()).stream()
        .map(piece ->
            new RunLogs.Line(
                0,
                flowRun,
                saying.taskRun(),
                saying.at(),
                saying.level().name(),
                saying.logger(),
                piece))
        .toList();
  }

  /// A text in pieces that a store takes as lines; nothing of it is lost.
  private static List<String> pieces(String text) {
    if (text.length() <= LONGEST) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(from + LONGEST, text.length());
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /// Hands on what is held: it is in the store before whatever this thread writes next. To be
  /// called from time to time, so that it is seen.
  void flush() {
    synchronized (held) {
      if (!held.isEmpty()) {
        heldLength = 0;
        var unused = store.appendSoon(List.copyOf(held));
        held.clear();
      }
    }
  }

  @Override
  public void close() {
    flush();
  }
}
