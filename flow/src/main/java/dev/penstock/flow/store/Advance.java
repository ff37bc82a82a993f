package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step of a schedule in time.
///
/// @param ticks those that get a run
/// @param last ticks up to this time have been dealt with then
/// @param next the first tick after it; null when there is none
public record Advance(List<Tick> ticks, Instant last, @Nullable Instant next) {
  public Advance {
    ticks = List.copyOf(ticks);
  }

  /// @param run the run it gets
  public record Tick(Instant at, NewFlowRun run) {}
}
