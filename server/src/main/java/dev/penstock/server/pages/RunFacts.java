package dev.penstock.server.pages;

import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.server.view.TaskLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the store knows of a run at a moment: the same for all who look at it.
///
/// @param deployment of which it is a run; null for none
/// @param usual how long runs of its kind take; empty when that is not known
/// @param lines its tasks, with those of its subflows below their calls
/// @param more how many were left out
/// @param at when it was read
record RunFacts(
    FlowRun run,
    @Nullable Deployment deployment,
    String usual,
    List<TaskLine> lines,
    int more,
    Instant at) {
  RunFacts {
    lines = List.copyOf(lines);
  }
}
