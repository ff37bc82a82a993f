package dev.penstock.server.view;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When the tasks of a run did what: a row for each, with a bar for each attempt.
///
/// @param rows in order of start; of subflows below the call
/// @param ticks of the axis, which is the time that has passed
/// @param live where the live edge is; null for a run that is over
/// @param more how many task runs are not shown
public record Timeline(List<Row> rows, List<Tick> ticks, @Nullable Tick live, int more) {
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
    172_800, 604_800, 2_592_000
  };

  /// Behind a bar that ends later than this there is no room to write.
  private static final double NOTES_UNTIL = 0.65;

  /// The live edge stands here, with room for what comes.
  private static final double EDGE = 0.93;

  public Timeline {
    rows = List.copyOf(rows);
    ticks = List.copyOf(ticks);
  }

  /// A place on the axis.
  public record Tick(String at, String label) {}

  /// A task run.
  ///
  /// @param kind `subflow` or `pipeline`; empty for others
  /// @param length how long it took, or waits
  /// @param note beside its bars; empty for none
  public record Row(
      TaskRun task,
      int depth,
      String kind,
      String length,
      List<Bar> bars,
      String note,
      String noteAt) {}

  /// A stretch of time.
  ///
  /// @param kind of which colour: `ok`, `run`, `bad`, `sub`, `gap`, `wait`, `idle`
  /// @param at where it begins
  /// @param width at least a little, so that it is seen
  /// @param label on it; empty for none
  public record Bar(String kind, String at, String width, String label) {}

  /// Of a run.
  ///
  /// @param began where the axis begins
  /// @param ended null while it goes on
  public static Timeline of(
      List<TaskLine> lines, int more, Instant began, @Nullable Instant ended, Instant now) {
    Instant end = ended == null ? now : ended;
    Duration length = Duration.between(began, end);
    double whole = Math.max(1, length.toMillis()) / (ended == null ? EDGE : 0.98);
    Axis axis = new Axis(began, whole);
    List<Row> rows = lines.stream().map(line -> row(line, axis, end)).toList();
    Tick live = ended == null ? new Tick(Words.percent(axis.share(end)), stopwatch(length)) : null;
    return new Timeline(rows, ticks(whole, live == null), live, more);
  }

  private record Axis(Instant began, double whole) {
    double share(Instant at) {
      return Duration.between(began, at).toMillis() / whole;
    }
  }

  private static Row row(TaskLine line, Axis axis, Instant end) {
    List<Bar> bars = bars(line, axis, end);
    TaskRun task = line.task();
    String kind = task.key().child() != null ? "subflow" : line.isPipeline() ? "pipeline" : "";
    Instant last = task.times().ended() == null ? end : task.times().ended();
    Instant first = task.times().started() == null ? task.state().at() : task.times().started();
    String length = Words.duration(Duration.between(first, last));
    return new Row(
        task,
        line.depth(),
        kind,
        line.waitsForSlot() ? "waits " + length : length,
        bars,
        axis.share(last) > NOTES_UNTIL ? "" : note(line),
        Words.percent(axis.share(last)));
  }

  private static List<Bar> bars(TaskLine line, Axis axis, Instant end) {
    List<Bar> bars = new ArrayList<>();
    List<State> states = line.history();
    long attempts = states.stream().filter(state -> state.type() == StateType.RUNNING).count();
    int attempt = 0;
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      State next = i + 1 < states.size() ? states.get(i + 1) : null;
      boolean works = state.type() == StateType.RUNNING;
      if (works) {
        attempt++;
      }
      Instant until = next == null ? end : next.at();
      if (state.type().isFinal()) {
        if (bars.isEmpty()) {
          bars.add(bar(kind(state.name()), axis, state.at(), state.at(), ""));
        }
        continue;
      }
      String kind = works ? worked(line, next) : waited(state.name());
      String label = works && attempts > 1 ? String.valueOf(attempt) : "";
      if (works || Duration.between(state.at(), until).toMillis() > 0.004 * axis.whole()) {
        bars.add(bar(kind, axis, state.at(), until, label));
      }
    }
    return bars;
  }

  private static Bar bar(String kind, Axis axis, Instant from, Instant until, String label) {
    double at = axis.share(from);
    double width = axis.share(until) - at;
    return new Bar(
        kind,
        Words.percent(at),
        width < 0.004 ? "4" : Words.percent(width),
        width < 0.015 ? "" : label);
  }

  private static String worked(TaskLine line, @Nullable State next) {
    if (next == null) {
      return "run";
    }
    if (next.name() == StateName.AWAITING_RETRY || next.name() == StateName.RETRYING) {
      return "bad";
    }
    String kind = next.type().isFinal() ? kind(next.name()) : "idle";
    return kind.equals("ok") && line.task().key().child() != null ? "sub" : kind;
  }

  private static String kind(StateName state) {
    return Look.of(state).group();
  }

  private static String waited(StateName state) {
    return state == StateName.AWAITING_RETRY ? "gap" : "wait";
  }

  private static String note(TaskLine line) {
    State state = line.task().state();
    if (line.task().attempt() > 1 && state.type() == StateType.COMPLETED) {
      return "attempt " + (line.task().attempt() - 1) + ": " + failure(line.history());
    }
    return switch (state.type()) {
      case COMPLETED -> state.name() == StateName.CACHED ? "cached, from an earlier run" : "";
      case RUNNING -> "";
      case SCHEDULED, PENDING, FAILED, CANCELLED, CRASHED, PAUSED, CANCELLING -> state.message();
    };
  }

  private static String failure(List<State> history) {
    return history.reversed().stream()
        .filter(state -> state.name() == StateName.AWAITING_RETRY)
        .findFirst()
        .map(State::message)
        .orElse("failed");
  }

  private static List<Tick> ticks(double whole, boolean toTheEnd) {
    double seconds = whole / 1000;
    long step = STEPS[STEPS.length - 1];
    for (long each : STEPS) {
      if (seconds / each <= 5) {
        step = each;
        break;
      }
    }
    List<Tick> ticks = new ArrayList<>();
    if (seconds < 2) {
      return List.of(new Tick("0%", "0:00"));
    }
    for (long at = 0; at <= seconds * (toTheEnd ? 0.97 : 0.84); at += step) {
      ticks.add(new Tick(Words.percent(at / seconds), stopwatch(Duration.ofSeconds(at))));
    }
    return ticks;
  }

  /// `4:12`, `1:04:12`.
  private static String stopwatch(Duration length) {
    long seconds = length.toSeconds();
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
