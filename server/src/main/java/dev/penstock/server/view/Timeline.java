package dev.penstock.server.view;

import dev.penstock.flow.PipelineFigures;
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
/// @param live where the live edge is; null for a run that is over, and where it is not in view
/// @param shown what is in view
/// @param whole how long the axis of all of it is, in milliseconds
/// @param more how many task runs are not shown
public record Timeline(
    List<Row> rows, List<Tick> ticks, @Nullable Tick live, Zoom shown, long whole, int more) {
  /// Behind a bar that ends later than this there is no room to write.
  private static final double NOTES_UNTIL = 0.65;

  /// Shorter bars are drawn as wide as this.
  private static final double THINNEST = 0.004;

  /// On a bar.
  private static final double WIDTH_OF_LETTER = 0.0095;

  /// Of nothing.
  public static final Timeline NONE = new Timeline(List.of(), List.of(), null, Zoom.ALL, 0, 0);

  public Timeline {
    rows = List.copyOf(rows);
    ticks = List.copyOf(ticks);
  }

  /// A place on the axis.
  public record Tick(String at, String label) {

    /// How its label gives way on a narrow screen: to that of the axis' end, or to its neighbours.
    public String gives() {
      boolean isLong = label.length() > 6;
      boolean nearEnd = Double.parseDouble(at.replace("%", "")) > (isLong ? 66 : 78);
      return nearEnd ? " last" : isLong ? " long" : "";
    }
  }

  /// A task run.
  ///
  /// @param kind `subflow` or `pipeline`, or how many tasks share the row; empty for others
  /// @param folded whether they do
  /// @param length how long it took, or waits
  /// @param note beside its bars; empty for none
  public record Row(
      TaskRun task,
      int depth,
      String kind,
      boolean folded,
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

  /// The time that is to be drawn.
  ///
  /// @param ended null while it goes on
  public record Span(Instant began, @Nullable Instant ended, Instant now, Zoom zoom) {
    private Instant end() {
      return ended == null ? now : ended;
    }

    private long whole() {
      double length = Math.max(1, Duration.between(began, end()).toMillis());
      return Math.ceilDiv(Math.round(length * 1000), ended == null ? 930 : 980);
    }
  }

  /// Of a run.
  public static Timeline of(List<TaskLine> lines, int more, Span span) {
    long whole = span.whole();
    TimeAxis axis = TimeAxis.of(span.began(), whole, span.zoom());
    List<Row> rows = lines.stream().map(line -> row(line, axis, span.end())).toList();
    double edge = axis.share(span.end());
    boolean inView = span.ended() == null && edge >= 0.03 && edge <= 1;
    Tick live =
        inView
            ? new Tick(
                Words.percent(edge), axis.label(Duration.between(span.began(), span.end()), true))
            : null;
    Zoom shown = span.zoom().isAll() ? new Zoom(0, whole) : span.zoom();
    List<Tick> ticks = axis.ticks(live == null ? 0.97 : edge - 0.09);
    return new Timeline(rows, ticks, live, shown, whole, more);
  }

  private static Row row(TaskLine line, TimeAxis axis, Instant end) {
    if (!line.group().isEmpty()) {
      return folded(line, axis, end);
    }
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
        false,
        line.waitsForSlot() ? "waits " + length : length,
        bars,
        axis.share(last) > NOTES_UNTIL || axis.share(last) < 0 ? "" : note(line),
        Words.percent(axis.share(last)));
  }

  /// Tasks that share a row: where they follow each other closely, they are drawn as one bar.
  private static Row folded(TaskLine line, TimeAxis axis, Instant end) {
    List<TaskRun> tasks = line.group();
    String kind = kind(line.task().state().name());
    List<Bar> bars = new ArrayList<>();
    Instant from = began(tasks.getFirst());
    Instant until = from;
    for (TaskRun task : tasks) {
      if (axis.share(began(task)) - axis.share(until) > THINNEST) {
        add(bars, axis, kind, from, until, "");
        from = began(task);
      }
      Instant ended = task.times().ended() == null ? end : task.times().ended();
      until = ended.isAfter(until) ? ended : until;
    }
    add(bars, axis, kind, from, until, "");
    String length = Words.duration(Duration.between(began(tasks.getFirst()), until));
    String count = Words.count(tasks.size(), "task");
    return new Row(line.task(), line.depth(), count, true, length, bars, "", "");
  }

  private static Instant began(TaskRun task) {
    return task.times().started() == null ? task.times().created() : task.times().started();
  }

  private static List<Bar> bars(TaskLine line, TimeAxis axis, Instant end) {
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
        if (i == 0) {
          add(bars, axis, kind(state.name()), state.at(), state.at(), "");
        }
        continue;
      }
      String kind = works ? worked(line, next) : waited(state.name());
      String label =
          works && attempts > 1 ? String.valueOf(attempt) : works ? records(line.task()) : "";
      if (works || axis.share(until) - axis.share(state.at()) > THINNEST) {
        add(bars, axis, kind, state.at(), until, label);
      }
    }
    return bars;
  }

  private static String records(TaskRun task) {
    return task.summary() == null
        ? ""
        : PipelineFigures.read(task.summary())
            .map(figures -> Words.count(figures.in(), "record"))
            .orElse("");
  }

  private static void add(
      List<Bar> bars, TimeAxis axis, String kind, Instant from, Instant until, String label) {
    if (axis.share(until) < 0 || axis.share(from) > 1) {
      return;
    }
    double at = Math.clamp(axis.share(from), 0, 1);
    double width = Math.clamp(axis.share(until), 0, 1) - at;
    bars.add(
        new Bar(
            kind,
            Words.percent(at),
            width < THINNEST ? "4" : Words.percent(width),
            width < WIDTH_OF_LETTER * (label.length() + 1) ? "" : label));
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
}
