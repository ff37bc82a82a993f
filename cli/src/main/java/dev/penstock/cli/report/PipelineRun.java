package dev.penstock.cli.report;

import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pipeline that has ended.
///
/// @param summary what it did
/// @param failure why it did not complete; null if it did
record PipelineRun(Summary summary, @Nullable Throwable failure) {

  State state() {
    if (failure == null) {
      return State.COMPLETED;
    }
    return failure instanceof RunCancelled || failure instanceof InterruptedException
        ? State.CANCELLED
        : State.FAILED;
  }

  /// Its name, or what it reads and where that goes.
  String title() {
    return title(summary.pipeline(), summary.steps());
  }

  static String title(String name, List<StepSummary> steps) {
    if (!name.isEmpty() || steps.isEmpty()) {
      return name;
    }
    String source = end(steps.getFirst().name());
    return steps.size() == 1 ? source : source + " → " + end(steps.getLast().name());
  }

  /// The source or sink that the step `from(…)` or `to(…)` holds; files without their directories.
  private static String end(String step) {
    return step.replaceFirst("^(?:from|to)\\((.*)\\)$", "$1")
        .replaceAll("[^\\s(,]*/(?=[^/\\s(,]+)", "");
  }
}
