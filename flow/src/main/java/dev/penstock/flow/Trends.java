package dev.penstock.flow;

import dev.penstock.pipeline.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Remembers what the steps of a running pipeline did in the last seconds. For one thread at a
/// time.
final class Trends {
  private static final int RATES = 120;
  private static final int SHARES = 10;

  /// A shorter time than this says nothing about a rate.
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private List<PipelineFigures.Trend> trends = List.of();
  private List<Long> before = List.of();
  private Instant last;

  Trends(Instant started) {
    this.last = started;
  }

  /// Takes what was seen now.
  List<PipelineFigures.Trend> add(Instant now, List<StepStatus> steps) {
    Duration since = Duration.between(last, now);
    if (since.compareTo(SHORTEST) < 0 && !trends.isEmpty()) {
      return trends;
    }
    List<PipelineFigures.Trend> longer = new ArrayList<>();
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      StepStatus step = steps.get(i);
      PipelineFigures.Trend trend = i < trends.size() ? trends.get(i) : PipelineFigures.Trend.NONE;
      long passed = step.figures().out() - (i < before.size() ? before.get(i) : 0);
      long rate = Math.round(passed * 1000.0 / Math.max(1, since.toMillis()));
      longer.add(
          new PipelineFigures.Trend(
              with(trend.out(), Math.max(0, rate), RATES),
              with(trend.busy(), (int) Math.round(step.busy() * 100), SHARES)));
      out.add(step.figures().out());
    }
    trends = longer;
    before = out;
    last = now;
    return trends;
  }

  private static <T> List<T> with(List<T> values, T next, int most) {
    List<T> longer = new ArrayList<>(values);
    longer.add(next);
    return longer.size() > most ? longer.subList(longer.size() - most, longer.size()) : longer;
  }
}
