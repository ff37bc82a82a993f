package dev.penstock.cli.deploy;

import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.ParameterSet;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A deployment that somebody wants.
///
/// @param settings without parameters and their schema
/// @param schedules all that it is to have
/// @param at where it is written, for messages
public record DeploymentRequest(
    String name,
    CodeOrigin origin,
    Deployment.Settings settings,
    Given parameters,
    List<NewSchedule> schedules,
    String at) {

  /// Parameters as they were given.
  public sealed interface Given {}

  /// @param given as on the command line
  public record Texts(GivenParameters given) implements Given {}

  /// @param values as in JSON
  public record Values(Map<String, ? extends @Nullable Object> values) implements Given {}

  /// Finds the code, and checks that it can be run as it is asked to.
  ///
  /// @throws RuntimeException with what is wrong; nothing is deployed then
  public Ready ready(DeployedPrograms programs, Path home) {
    CodeOrigin.Found found = origin.find(programs, home);
    ParameterSet set = found.flow().method().parameters();
    Map<String, @Nullable Object> json =
        switch (parameters) {
          case Texts(GivenParameters given) -> set.some(given);
          case Values(Map<String, ? extends @Nullable Object> values) -> set.someJson(values);
        };
    requireComplete(found.flow().method(), json);
    Deployment.Settings complete =
        new Deployment.Settings(
            settings.description().isEmpty()
                ? found.flow().method().description()
                : settings.description(),
            JsonTree.write(json),
            JsonTree.write(set.jsonSchema()),
            settings.tags(),
            settings.target(),
            settings.limit());
    return new Ready(found.flow().flow(), name, found.code(), complete, schedules);
  }

  /// What is run by itself must have all that it needs.
  private void requireComplete(FlowMethod method, Map<String, @Nullable Object> json) {
    ParameterSet set = method.parameters();
    for (NewSchedule schedule : schedules) {
      Map<String, @Nullable Object> more = set.someJson(JsonTree.readObject(schedule.parameters()));
      Set<String> given = new LinkedHashSet<>(json.keySet());
      given.addAll(more.keySet());
      List<String> missing = new ArrayList<>(set.required());
      missing.removeAll(given);
      missing.removeAll(method.intervals());
      if (!missing.isEmpty()) {
        throw new DeployRefused(
            at
                + ": its schedule \""
                + schedule.spec()
                + "\" needs parameters: "
                + String.join(", ", missing)
                + "; give them with --param, or a default with @Default");
      }
    }
  }

  /// A deployment that can be deployed.
  public record Ready(
      String flow,
      String name,
      DeployedCode code,
      Deployment.Settings settings,
      List<NewSchedule> schedules) {
    public Deployment deploy(Store store) {
      return store.deployments().deploy(flow, name, code, settings, schedules);
    }
  }
}
