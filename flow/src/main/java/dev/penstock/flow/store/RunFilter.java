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

  /// Those of one flow.
  public RunFilter ofFlow(String flow) {
    return new RunFilter(List.of(flow), deployments, states, tags, text, parent, since, until);
  }

  /// Those of one deployment.
  ///
  /// @param id null for those of any, and of none
  public RunFilter ofDeployment(@Nullable String id) {
    List<String> one = id == null ? List.of() : List.of(id);
    return new RunFilter(flows, one, states, tags, text, parent, since, until);
  }

  /// Those of the flow and the deployment of a run.
  public RunFilter like(FlowRun run) {
    return ofFlow(run.origin().flow()).ofDeployment(run.origin().deployment());
  }

  /// Those in any of these states.
  public RunFilter in(List<StateName> any) {
    return new RunFilter(flows, deployments, any, tags, text, parent, since, until);
  }
}
