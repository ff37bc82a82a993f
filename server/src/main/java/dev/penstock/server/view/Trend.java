package dev.penstock.server.view;

import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How many ended in some time, and in as much time before.
///
/// @param spark how they ended over that time
public record Trend(long now, long before, Spark spark) {
  /// @param ended in twice as many intervals
  /// @param types of the states that count
  /// @param intervals of the time itself
  public static Trend of(List<FlowRuns.Ended> ended, Set<StateType> types, int intervals) {
    long before = 0;
    long[] counts = new long[intervals];
    for (FlowRuns.Ended each : ended) {
      if (types.contains(each.state())) {
        if (each.interval() < intervals) {
          before += each.runs();
        } else {
          counts[Math.min(each.interval() - intervals, intervals - 1)] += each.runs();
        }
      }
    }
    List<Long> values = new ArrayList<>();
    long now = 0;
    for (long count : counts) {
      values.add(count);
      now += count;
    }
    return new Trend(now, before, Spark.of(values));
  }

  /// `12 more than the day before`.
  ///
  /// @param earlier what the time before is called: `the day before`
  public String words(String earlier) {
    if (now == before) {
      return "as many as " + earlier;
    }
    return Words.count(Math.abs(now - before))
        + (now > before ? " more than " : " fewer than ")
        + earlier;
  }

  /// What share of others it is: `98.9 %`; a dash where there are none.
  public String share(long of) {
    return of == 0 ? "–" : String.format(java.util.Locale.ENGLISH, "%.1f %%", 100.0 * now / of);
  }
}
