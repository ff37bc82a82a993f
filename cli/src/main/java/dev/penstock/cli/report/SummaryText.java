package dev.penstock.cli.report;

import dev.penstock.cli.session.Table;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// The summary for people: a small table of the pipelines, and how it all ended.
final class SummaryText {
  private static final int TITLE_WIDTH = 48;

  private SummaryText() {}

  /// The summary; empty when the program ran no pipeline and completed, since it has nothing to
  /// add.
  static String of(Journal journal, State state, Duration elapsed) {
    String end = state.title() + " in " + Figures.duration(elapsed);
    List<PipelineRun> runs = journal.ended();
    if (runs.isEmpty()) {
      return state == State.COMPLETED ? "" : end;
    }
    boolean retried = any(runs, Summary::retried);
    boolean deadLettered = any(runs, Summary::deadLettered);
    Table table = Table.ofFigures();
    table.row(
        cells(
            "pipeline",
            "in",
            "out",
            "failed",
            retried ? "retried" : "",
            deadLettered ? "dead letters" : "",
            "elapsed",
            "rate"));
    for (PipelineRun run : runs) {
      Summary summary = run.summary();
      table.row(
          cells(
              Figures.shortened(run.title(), TITLE_WIDTH),
              Figures.count(summary.in()),
              Figures.count(summary.out()),
              Figures.count(summary.failed()),
              retried ? Figures.count(summary.retried()) : "",
              deadLettered ? Figures.count(summary.deadLettered()) : "",
              Figures.duration(summary.elapsed()),
              Figures.rate(rate(summary))));
    }
    return table + System.lineSeparator() + end;
  }

  private static boolean any(List<PipelineRun> runs, ToLongFunction<Summary> figure) {
    return runs.stream().anyMatch(run -> figure.applyAsLong(run.summary()) > 0);
  }

  private static double rate(Summary summary) {
    return summary.in() / Math.max(1e-3, summary.elapsed().toNanos() / 1e9);
  }

  /// Without the columns that nothing needs.
  private static List<String> cells(String... cells) {
    List<String> kept = new ArrayList<>(List.of(cells));
    kept.removeIf(String::isEmpty);
    return kept;
  }
}
