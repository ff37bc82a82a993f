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

  private static final long HOLD_NANOS = 250_000_000;

  private final RunLogs store;
  private final EngineSettings settings;
  private final String flowRun;
  private final String name;
  private final List<RunLogs.Line> held = new ArrayList<>();
  private long heldSince;
  private long heldLength;

  RunLog(RunLogs store, EngineSettings settings, String flowRun, String name) {
    this.store = store;
    this.settings = settings;
    this.flowRun = flowRun;
    this.name = name;
  }

  /// A line of the flow run itself.
  void flow(LogLevel level, String text) {
    write(level, "penstock.flow-runs", LogFormat.flowRun(name), null, text);
  }

  /// A line of one of its tasks.
  void task(LogLevel level, TaskLabel task, String text) {
    write(level, "penstock.task-runs", LogFormat.taskRun(task.name()), task.id(), text);
  }

  /// Which task run a line is of.
  record TaskLabel(String id, String name) {}

  void write(LogLevel level, String logger, String subject, @Nullable String taskRun, String text) {
    Instant now = settings.clock().instant();
    settings.console().line(LogFormat.line(now, ZoneId.systemDefault(), level, subject, text));
    synchronized (held) {
      if (held.isEmpty()) {
        heldSince = settings.clock().nanos();
      }
      for (String piece : pieces(text)) {
        held.add(new RunLogs.Line(0, flowRun, taskRun, now, level.name(), logger, piece));
        heldLength += piece.length();
        if (held.size() >= GROUP || heldLength >= LONGEST) {
          handOn();
        }
      }
    }
  }

  /// Hands on what has been held for long enough; to be called from time to time.
  void flushOld() {
    synchronized (held) {
      if (!held.isEmpty() && settings.clock().nanos() - heldSince >= HOLD_NANOS) {
        handOn();
      }
    }
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

  /// Hands on whatever is held. A store of this process has it no later than what is written to it
  /// next: who sees a run's end sees what was logged before.
  void flush() {
    synchronized (held) {
      if (!held.isEmpty()) {
        handOn();
      }
    }
  }

  private void handOn() {
    heldLength = 0;
    var unused = store.appendSoon(List.copyOf(held));
    held.clear();
  }

  @Override
  public void close() {
    flush();
  }
}
