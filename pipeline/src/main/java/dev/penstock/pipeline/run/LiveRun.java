package dev.penstock.pipeline.run;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// A running pipeline, seen from outside. Any thread may look; looking costs its records nothing.
public interface LiveRun {

  /// The name of the pipeline; empty when it has none.
  String name();

  /// The plan, as `explain()` shows it.
  String plan();

  Instant startedAt();

  /// From the source to the sink.
  List<StepStatus> steps();

  /// How many records the source has in all, if it knows; a guess that gets better where it knows
  /// its bytes only.
  OptionalLong size();

  /// How many records are there and not read yet, if the source knows.
  default OptionalLong lag() {
    return OptionalLong.empty();
  }

  /// Asks the run to stop; it ends with [RunCancelled].
  void cancel();
}
