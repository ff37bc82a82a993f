package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.StepSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What can be seen of a run from outside: reads the counters of its steps and samples what their
/// threads do. Filled while the plan is compiled, looked at by any thread.
final class Gauges {
  private final List<Row> rows = new ArrayList<>();
  private final List<LongSupplier> bytes = new ArrayList<>();
  private final Map<Segment, long[]> samples = new HashMap<>();
  private final List<Supplier<OptionalLong>> lags = new ArrayList<>();
  private Supplier<OptionalLong> size = OptionalLong::empty;

  private final Map<Meter, Waiting> waiting = new HashMap<>();

  private record Row(Meter meter, Segment segment) {}

  /// Adds a step; steps are added from the sink up.
  void add(Meter meter, Segment segment) {
    rows.addFirst(new Row(meter, segment));
    samples.putIfAbsent(segment, new long[4]);
  }

  /// The records in front of a step that has threads of its own.
  interface Waiting {
    int queued();

    int capacity();
  }

  /// Records wait here for the step.
  void waiting(Meter meter, Waiting records) {
    waiting.put(meter, records);
  }

  void bytes(LongSupplier counter) {
    bytes.add(counter);
  }

  void size(Supplier<OptionalLong> size) {
    this.size = size;
  }

  void lag(Supplier<OptionalLong> source) {
    lags.add(source);
  }

  /// Of all sources that know.
  OptionalLong lag() {
    OptionalLong sum = OptionalLong.empty();
    for (Supplier<OptionalLong> source : lags) {
      OptionalLong one = source.get();
      sum = one.isEmpty() ? sum : OptionalLong.of(sum.orElse(0) + one.getAsLong());
    }
    return sum;
  }

  OptionalLong size() {
    return size.get();
  }

  long allBytes() {
    return bytes.stream().mapToLong(LongSupplier::getAsLong).sum();
  }

  List<Meter> meters() {
    return rows.stream().map(Row::meter).toList();
  }

  List<StepSummary> summaries() {
    return rows.stream().map(row -> row.meter.summary()).toList();
  }

  /// Looks once at what each thread does.
  synchronized void sample() {
    samples.forEach((segment, counts) -> counts[segment.state]++);
  }

  /// Where each step is; the shares are of the samples since this was asked before.
  synchronized List<StepStatus> statuses() {
    List<StepStatus> statuses = new ArrayList<>();
    for (Row row : rows) {
      long[] counts = samples.getOrDefault(row.segment, new long[4]);
      double all = Math.max(1, counts[0] + counts[1] + counts[2] + counts[3]);
      Waiting records = waiting.get(row.meter);
      statuses.add(
          new StepStatus(
              row.meter.summary(),
              row.meter.step instanceof Step.Observe observe ? observe.subject() : null,
              row.segment.number,
              records instanceof Ring ring
                  ? (double) ring.working() / ring.concurrency()
                  : counts[Segment.BUSY] / all,
              counts[Segment.BLOCKED] / all,
              counts[Segment.WAITING] / all,
              records == null ? 0 : records.queued(),
              records == null ? 0 : records.capacity()));
    }
    samples.values().forEach(counts -> Arrays.fill(counts, 0));
    return statuses;
  }
}
