package dev.penstock.pipeline.run;

import java.time.Duration;
import java.util.List;

/// What a run of a pipeline did.
///
/// @param pipeline its name; empty when it has none
/// @param in records read from the source
/// @param out records that came out at the end: written to the sink, or handed to the caller
/// @param failed failures of records, caught ones included
/// @param retried attempts after the first
/// @param deadLettered records given to a dead-letter sink
/// @param bytes read and written outside, as far as the connectors know
/// @param elapsed how long it took
/// @param steps from the source to the sink
public record Summary(
    String pipeline,
    long in,
    long out,
    long failed,
    long retried,
    long deadLettered,
    long bytes,
    Duration elapsed,
    List<StepSummary> steps) {
  public Summary {
    steps = List.copyOf(steps);
  }
}
