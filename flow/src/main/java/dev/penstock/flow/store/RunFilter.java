package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which flow runs to list, newest first. What is empty or null does not matter.
///
/// @param flows names of flows
/// @param deployments ids
/// @param states any of these
/// @param tags all of these
/// @param text part of the name of the run or of its flow
/// @param parent the runs that this one called; null for outermost runs and subflows alike
/// @param since made at this time or later
/// @param until made before this time
public record RunFilter(
    List<String> flows,
    List<String> deployments,
    List<StateName> states,
    List<String> tags,
    @Nullable String text,
    @Nullable String parent,
    @Nullable Instant since,
    @Nullable Instant until) {
  /// All runs.
  public static final RunFilter ALL =
      new RunFilter(List.of(), List.of(), List.of(), List.of(), null, null, null, null);

  public RunFilter {
    flows = List.copyOf(flows);
    deployments = List.copyOf(deployments);
    states = List.copyOf(states);
    tags = List.copyOf(tags);
  }
}
