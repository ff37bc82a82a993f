package dev.penstock.server.view;

import dev.penstock.flow.PipelineFigures;
import dev.penstock.pipeline.run.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pipeline as a chain of steps: what each has done, and where its time goes.
///
/// @param task the name of the task that runs it
/// @param outline how many steps and threads
/// @param live whether it runs
/// @param verdict what holds it back, or how it went
/// @param progress how far it is; null when the source does not know its end
/// @param lag how far behind it is: `1,234 records`; empty when the source does not know
public record PipelineView(
    String task,
    String outline,
    boolean live,
    Bottleneck.Verdict verdict,
    @Nullable Progress progress,
    String lag,
    List<Step> steps) {

  /// How far a pipeline is.
  ///
  /// @param share of the source, `55.6 %`
  /// @param done the same as a width
  /// @param text what that is in records
  /// @param left how long it still takes, in words; empty when that cannot be said
  public record Progress(String share, String done, String text, String left) {}

  /// One step, with what is between the step before and it.
  ///
  /// @param link what leads to it; null for the first
  /// @param glyph the symbol of its kind
  /// @param hot whether it holds the others back
  public record Step(
      @Nullable Link link,
      String name,
      String detail,
      String glyph,
      boolean hot,
      String rate,
      Spark spark,
      Flow flow,
      Time time) {}

  /// Records that passed a step, and those that did not.
  public record Flow(String out, String of, String failed, String besides, boolean anyFailed) {}

  /// Where its time goes, in per cent: together 100.
  public record Time(int busy, int blocked, int waiting) {
    /// The larger of what is not work.
    public String rest() {
      return blocked > waiting ? blocked + " % blocked" : waiting + " % waits for input";
    }

    public String sentence() {
      return busy
          + " % busy, "
          + blocked
          + " % blocked by the next step, "
          + waiting
          + " % waiting for input";
    }
  }

  /// What records pass on their way to a step.
  ///
  /// @param queue whether they may wait there
  /// @param fill how full it is, as a share of 100
  /// @param text the same in words
  /// @param strong the first word of it; empty for none
  public record Link(boolean queue, int fill, String strong, String text) {}

  /// Of the figures of a task run.
  ///
  /// @param live whether it runs
  public static PipelineView of(String task, PipelineFigures figures, boolean live) {
    List<StepStatus> steps = figures.steps();
    Bottleneck.Verdict verdict = Bottleneck.find(figures, live);
    List<Step> views = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      views.add(step(figures, i, live, verdict.step() == i));
    }
    long threads = steps.stream().mapToInt(StepStatus::thread).distinct().count();
    return new PipelineView(
        task,
        Words.count(steps.size(), "step") + ", " + Words.count(threads, "thread"),
        live,
        verdict,
        progress(figures, live),
        live ? figures.lag().map(lag -> Words.count(lag, "record")).orElse("") : "",
        List.copyOf(views));
  }

  private static Step step(PipelineFigures figures, int index, boolean live, boolean hot) {
    StepStatus status = figures.steps().get(index);
    List<Long> rates =
        index < figures.trends().size() ? figures.trends().get(index).out() : List.of();
    StepName name = StepName.of(status.figures().name());
    String detail = status.observed() != null ? "observes " + status.observed() : name.detail();
    return new Step(
        index == 0 ? null : link(figures.steps().get(index - 1), status),
        name.name(),
        detail,
        glyph(index, figures.steps().size(), name.name()),
        hot,
        rate(figures, index, rates, live),
        Spark.of(rates),
        flow(figures.steps(), index),
        time(status));
  }

  private static String rate(PipelineFigures figures, int index, List<Long> rates, boolean live) {
    if (!live || rates.isEmpty()) {
      double seconds = Duration.between(figures.started(), figures.at()).toMillis() / 1000.0;
      long out = figures.steps().get(index).figures().out();
      return seconds <= 0 ? "0" : Words.count(Math.round(out / seconds));
    }
    List<Long> last = rates.subList(Math.max(0, rates.size() - 5), rates.size());
    return Words.count(Math.round(last.stream().mapToLong(Long::longValue).average().orElse(0)));
  }

  private static Flow flow(List<StepStatus> steps, int index) {
    var figures = steps.get(index).figures();
    String besides =
        figures.dropped() > 0
            ? Words.count(figures.dropped()) + " dropped"
            : Words.count(figures.retried()) + " retried";
    return new Flow(
        Words.count(figures.out()),
        index == 0 ? "" : "of " + Words.count(figures.in()),
        Words.count(figures.failed()),
        besides,
        figures.failed() > 0);
  }

  /// Steps with threads of their own tell how many of these work now, and how their caller waits:
  /// what is not work is shared out as that does.
  static Time time(StepStatus step) {
    int busy = percent(step.busy());
    double idle = step.blocked() + step.waiting();
    int blocked = idle <= 0 ? 0 : (int) Math.round((100 - busy) * step.blocked() / idle);
    return new Time(busy, blocked, 100 - busy - blocked);
  }

  static int percent(double share) {
    return (int) Math.round(Math.clamp(share, 0, 1) * 100);
  }

  private static Link link(StepStatus before, StepStatus step) {
    if (step.capacity() > 0) {
      int fill = percent((double) step.queued() / step.capacity());
      String of = Words.count(step.queued()) + " of " + Words.count(step.capacity());
      if (fill >= 95) {
        return new Link(true, fill, "Queue full", ", " + of);
      }
      String how =
          step.queued() == 0 ? "empty" : fill < 5 ? "nearly empty" : "filled " + fill + " %";
      return new Link(true, fill, "", "Queue " + how + ", " + of);
    }
    return before.thread() == step.thread()
        ? new Link(false, 0, "", "handed over in the same thread, no queue")
        : new Link(false, 0, "", "handed over to another thread, one at a time");
  }

  private static String glyph(int index, int steps, String name) {
    if (index == 0) {
      return "g-src";
    }
    if (name.startsWith("filter")) {
      return "g-filter";
    }
    if (name.startsWith("batch") || name.startsWith("buffer")) {
      return "g-batch";
    }
    return index == steps - 1 ? "g-sink" : "g-map";
  }

  private static @Nullable Progress progress(PipelineFigures figures, boolean live) {
    if (figures.size().isEmpty() || figures.size().get() <= 0) {
      return null;
    }
    long size = figures.size().get();
    long read = Math.min(size, figures.in());
    double share = (double) read / size;
    String left = "";
    if (live && !figures.trends().isEmpty() && read < size) {
      List<Long> rates = figures.trends().getFirst().out();
      double rate =
          rates.subList(Math.max(0, rates.size() - 5), rates.size()).stream()
              .mapToLong(Long::longValue)
              .average()
              .orElse(0);
      left = rate <= 0 ? "" : Words.duration(Duration.ofSeconds(Math.round((size - read) / rate)));
    }
    return new Progress(
        String.format(java.util.Locale.ENGLISH, "%.1f %%", share * 100),
        Words.percent(share),
        "read: record " + Words.count(read) + " of " + Words.count(size),
        left);
  }
}
