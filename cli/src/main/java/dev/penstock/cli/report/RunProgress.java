package dev.penstock.cli.report;

import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.StepSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The progress of one running pipeline, as lines of text.
final class RunProgress {
  private static final int BAR = 24;
  private static final double WHOLE = 1e9;
  private static final int NAME_WIDTH = 32;

  private final LiveRun run;
  private final Map<Integer, Speed> speeds = new HashMap<>();

  /// How fast the share that is read grows; not told by the records, since how many there are may
  /// be a guess that changes.
  private final Speed shares = new Speed();

  RunProgress(LiveRun run) {
    this.run = run;
  }

  /// A line for each observed point; if there is none, one for the whole.
  List<String> lines(long nanos) {
    List<StepStatus> steps = run.steps();
    if (steps.isEmpty()) {
      return List.of();
    }
    StepSummary source = steps.getFirst().figures();
    double sourceSpeed = speed(0, source.out(), nanos);
    String share = share(source.out(), nanos);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      String observed = steps.get(i).observed();
      if (observed != null) {
        StepSummary figures = steps.get(i).figures();
        lines.add(
            line(observed, figures.in(), speed(i, figures.in(), nanos), failed(steps), share));
      }
    }
    if (lines.isEmpty()) {
      String title =
          PipelineRun.title(run.name(), steps.stream().map(StepStatus::figures).toList());
      lines.add(line(title, source.out(), sourceSpeed, failed(steps), share));
    }
    return lines;
  }

  private static long failed(List<StepStatus> steps) {
    return steps.stream().mapToLong(step -> step.figures().failed()).sum();
  }

  private double speed(int step, long count, long nanos) {
    return speeds.computeIfAbsent(step, _ -> new Speed()).at(count, nanos);
  }

  private static String line(String name, long count, double speed, long failed, String share) {
    return "%-10s %12s  %9s%s%s"
        .formatted(
            Figures.shortened(name, NAME_WIDTH),
            Figures.count(count),
            Figures.rate(speed),
            failed == 0 ? "" : "  " + Figures.count(failed) + " failed",
            share);
  }

  /// How much of the source is read, and how long the rest will take, if the source knows its size.
  private String share(long read, long nanos) {
    OptionalDouble known =
        run.size().stream()
            .filter(size -> size > 0)
            .mapToDouble(size -> (double) read / size)
            .findAny();
    if (known.isEmpty()) {
      return "";
    }
    double done = Math.min(1, known.getAsDouble());
    int filled = (int) (done * BAR);
    String bar = "━".repeat(filled) + "╌".repeat(BAR - filled);
    String rest = "";
    double perSecond = shares.at((long) (done * WHOLE), nanos);
    if (perSecond > 0 && done < 1) {
      double left = (1 - done) * WHOLE / perSecond;
      rest = "  " + Figures.remaining(Duration.ofMillis((long) (left * 1e3))) + " left";
    }
    return "  %s %3.0f%%%s".formatted(bar, done * 100, rest);
  }

  /// How much is added per second, smoothed over some two seconds.
  private static final class Speed {
    private static final double SMOOTHED_SECONDS = 2;

    private long count;
    private long nanos;
    private double perSecond = -1;

    double at(long newCount, long newNanos) {
      double seconds = (newNanos - nanos) / 1e9;
      if (nanos != 0 && seconds > 0) {
        double now = (newCount - count) / seconds;
        double weight = 1 - Math.exp(-seconds / SMOOTHED_SECONDS);
        perSecond = perSecond < 0 ? now : perSecond + weight * (now - perSecond);
      }
      count = newCount;
      nanos = newNanos;
      return Math.max(0, perSecond);
    }
  }
}
