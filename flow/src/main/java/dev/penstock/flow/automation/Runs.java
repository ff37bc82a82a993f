package dev.penstock.flow.automation;

import dev.penstock.flow.store.FlowRun;
import java.util.List;
import java.util.regex.Pattern;

/// Which flow runs an automation looks at. What is empty does not matter.
///
/// @param flows names of flows, any of these; `*` stands for any characters
/// @param deployments ids, any of these
/// @param tags all of these
/// @param names names of runs, any of these, with `*` as well
public record Runs(
    List<String> flows, List<String> deployments, List<String> tags, List<String> names) {
  /// All runs.
  public static final Runs ALL = new Runs(List.of(), List.of(), List.of(), List.of());

  public Runs {
    flows = List.copyOf(flows);
    deployments = List.copyOf(deployments);
    tags = List.copyOf(tags);
    names = List.copyOf(names);
  }

  /// The runs of these flows.
  public static Runs of(String... flows) {
    return new Runs(List.of(flows), List.of(), List.of(), List.of());
  }

  boolean include(FlowRun run) {
    String deployment = run.origin().deployment();
    return any(flows, run.origin().flow())
        && any(names, run.name())
        && (deployments.isEmpty() || deployment != null && deployments.contains(deployment))
        && run.call().tags().containsAll(tags);
  }

  private static boolean any(List<String> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    String literal = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches("(?s)" + literal, name);
  }
}
