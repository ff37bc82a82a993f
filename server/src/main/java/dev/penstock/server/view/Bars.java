package dev.penstock.server.view;

import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many runs ended over time, with failures below the line.
///
/// @param pieces of bars
/// @param base where the line is
/// @param lines of counts
/// @param ticks of the time
public record Bars(
    List<Piece> pieces, String base, List<Timeline.Tick> lines, List<Timeline.Tick> ticks) {

  /// A piece of a bar, in per cent of the plot.
  public record Piece(
      String group, String x, String y, String width, String height, String title) {}

  /// @param running runs that have not ended stand on the last bar
  public static Bars of(
      List<FlowRuns.Ended> ended, int bars, long running, Instant since, Words words) {
    long[] up = new long[bars];
    long[] failed = new long[bars];
    long[] crashed = new long[bars];
    for (FlowRuns.Ended each : ended) {
      int at = Math.clamp(each.interval(), 0, bars - 1);
      switch (each.state()) {
        case FAILED -> failed[at] += each.runs();
        case CRASHED -> crashed[at] += each.runs();
        case COMPLETED -> up[at] += each.runs();
        case CANCELLED, SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING -> {}
      }
    }
    long above = running + up[bars - 1];
    long below = 0;
    for (int i = 0; i < bars; i++) {
      above = Math.max(above, up[i]);
      below = Math.max(below, failed[i] + crashed[i]);
    }
    above = Math.max(4, above);
    double whole = above + below + 0.5;
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      piece(pieces, "ok", i, bars, above - up[i], up[i], whole, StateType.COMPLETED);
      piece(pieces, "bad", i, bars, above, failed[i], whole, StateType.FAILED);
      piece(pieces, "gone", i, bars, above + failed[i], crashed[i], whole, StateType.CRASHED);
    }
    piece(
        pieces,
        "run",
        bars - 1,
        bars,
        above - up[bars - 1] - running,
        running,
        whole,
        StateType.RUNNING);
    return new Bars(
        List.copyOf(pieces),
        percent(above / whole),
        lines(above, below, whole),
        Scatter.ticks(since, words.now(), words));
  }

  private static void piece(
      List<Piece> pieces,
      String group,
      int bar,
      int bars,
      double top,
      long count,
      double whole,
      StateType type) {
    if (count > 0) {
      pieces.add(
          new Piece(
              group,
              percent((bar + 0.12) / bars),
              percent(top / whole),
              percent(0.76 / bars),
              percent(count / whole),
              count + " " + type.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static List<Timeline.Tick> lines(long above, long below, double whole) {
    long step = Math.max(1, (above + 2) / 3);
    List<Timeline.Tick> lines = new ArrayList<>();
    for (long count = 0; count <= above; count += step) {
      lines.add(new Timeline.Tick(percent((above - count) / whole), Words.count(count)));
    }
    if (below > 0) {
      lines.add(new Timeline.Tick(percent((above + below) / whole), Words.count(below)));
    }
    return lines;
  }

  private static String percent(double share) {
    return String.format(Locale.ENGLISH, "%.2f%%", share * 100);
  }
}
