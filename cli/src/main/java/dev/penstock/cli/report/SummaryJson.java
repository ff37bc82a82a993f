package dev.penstock.cli.report;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.Name;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The summary for scripts: one JSON object, on one line. Its members are a promise.
///
/// @param error the message of what failed; null if nothing did
record SummaryJson(
    State state,
    long in,
    long out,
    long failed,
    long retried,
    @Name("deadLettered") long deadLettered,
    long bytes,
    @Name("elapsedMillis") long elapsedMillis,
    @Nullable String error,
    List<OfPipeline> pipelines) {

  /// The figures of one pipeline.
  record OfPipeline(
      String name,
      State state,
      long in,
      long out,
      long failed,
      long retried,
      @Name("deadLettered") long deadLettered,
      long bytes,
      @Name("elapsedMillis") long elapsedMillis,
      List<StepSummary> steps) {

    static OfPipeline of(PipelineRun run) {
      Summary summary = run.summary();
      return new OfPipeline(
          run.title(),
          run.state(),
          summary.in(),
          summary.out(),
          summary.failed(),
          summary.retried(),
          summary.deadLettered(),
          summary.bytes(),
          summary.elapsed().toMillis(),
          summary.steps());
    }
  }

  static SummaryJson of(Journal journal, State state, Duration elapsed, @Nullable String error) {
    List<PipelineRun> runs = journal.ended();
    return new SummaryJson(
        state,
        sum(runs, Summary::in),
        sum(runs, Summary::out),
        sum(runs, Summary::failed),
        sum(runs, Summary::retried),
        sum(runs, Summary::deadLettered),
        sum(runs, Summary::bytes),
        elapsed.toMillis(),
        error,
        runs.stream().map(OfPipeline::of).toList());
  }

  private static long sum(List<PipelineRun> runs, ToLongFunction<Summary> figure) {
    return runs.stream().map(PipelineRun::summary).mapToLong(figure).sum();
  }

  String json() {
    return Json.write(this, DataType.of(SummaryJson.class));
  }
}
