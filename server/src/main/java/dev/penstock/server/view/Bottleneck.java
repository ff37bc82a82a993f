package dev.penstock.server.view;

import dev.penstock.flow.PipelineFigures;
import dev.penstock.pipeline.run.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the step that holds a pipeline back: the busiest one, once it has worked over 80 % of the
/// last ten seconds, and no other comes within 10 points.
public final class Bottleneck {
  private static final int BUSY = 80;
  private static final int LEAD = 10;
  private static final int LONG_ENOUGH = 5;

  private Bottleneck() {}

  /// What is said about it.
  ///
  /// @param step its place; -1 when no single step holds the others back
  /// @param claim the sentence
  /// @param reason why, and what to do; empty for none
  public record Verdict(int step, String claim, String reason) {}

  static Verdict find(PipelineFigures figures, boolean live) {
    List<StepStatus> steps = figures.steps();
    if (!live || steps.isEmpty()) {
      return over(figures);
    }
    List<Integer> busy =
        IntStream.range(0, steps.size()).map(i -> busy(figures, i)).boxed().toList();
    int best = 0;
    for (int i = 1; i < steps.size(); i++) {
      best = busy.get(i) > busy.get(best) ? i : best;
    }
    int thread = steps.get(best).thread();
    List<Integer> together =
        IntStream.range(0, steps.size())
            .filter(i -> steps.get(i).thread() == thread && steps.get(i).capacity() == 0)
            .boxed()
            .toList();
    boolean own = steps.get(best).capacity() > 0 || together.size() == 1;
    int busiest = best;
    boolean rival =
        IntStream.range(0, steps.size())
            .filter(i -> i != busiest && (own || !together.contains(i)))
            .anyMatch(i -> busy.get(i) > busy.get(busiest) - LEAD);
    if (samples(figures) < LONG_ENOUGH) {
      return new Verdict(-1, "It has just begun.", "What holds it back shows after some seconds.");
    }
    if (busy.get(best) <= BUSY || rival) {
      return none(busy);
    }
    return own ? step(steps, best, busy.get(best)) : thread(steps, together, busy.get(best));
  }

  private static int samples(PipelineFigures figures) {
    return figures.trends().isEmpty() ? 0 : figures.trends().getFirst().busy().size();
  }

  private static int busy(PipelineFigures figures, int step) {
    if (step >= figures.trends().size()) {
      return PipelineView.percent(figures.steps().get(step).busy());
    }
    return (int)
        Math.round(
            figures.trends().get(step).busy().stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0));
  }

  private static Verdict step(List<StepStatus> steps, int step, int busy) {
    StepStatus status = steps.get(step);
    String name = StepName.of(status.figures().name()).name();
    boolean full = status.capacity() > 0 && status.queued() >= 0.95 * status.capacity();
    if (step == 0) {
      return new Verdict(
          0,
          "The source is the limit.",
          "It is busy " + busy + " % of the time, and the steps after it wait for records.");
    }
    return new Verdict(
        step,
        name + " is the bottleneck.",
        "It is busy "
            + busy
            + " % of the time"
            + (full ? "; the queue before it is full. " : ". ")
            + (status.capacity() > 0
                ? "Raise its concurrency, or make each call faster."
                : "Give it a concurrency, or make each call faster."));
  }

  private static Verdict thread(List<StepStatus> steps, List<Integer> together, int busy) {
    List<String> names =
        together.stream().map(i -> StepName.of(steps.get(i).figures().name()).name()).toList();
    String all =
        together.size() == steps.size()
            ? "All steps share one thread, which is busy "
            : String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.getLast()
                + " share a thread, which is busy ";
    return new Verdict(
        -1,
        all + busy + " % of the time.",
        "A step with a slow call gets threads of its own by a concurrency.");
  }

  private static Verdict none(List<Integer> busy) {
    boolean starving = busy.stream().allMatch(share -> share < 50);
    return new Verdict(
        -1,
        "No single step holds it back.",
        starving
            ? "All steps wait most of the time: for records to come, or by a rate that was set."
            : "");
  }

  private static Verdict over(PipelineFigures figures) {
    Duration took = Duration.between(figures.started(), figures.at());
    double seconds = Math.max(0.001, took.toMillis() / 1000.0);
    long out = figures.steps().isEmpty() ? 0 : figures.steps().getLast().figures().out();
    return new Verdict(
        -1,
        Words.count(figures.in(), "record") + " read, " + Words.count(out) + " out.",
        "It took "
            + Words.duration(took)
            + ": "
            + Words.count(Math.round(figures.in() / seconds))
            + " records per second.");
  }
}
