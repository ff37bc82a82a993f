package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The deployments of a store. A name is unique among those of one flow.
public interface Deployments {
  /// Makes a deployment, or changes the one of that name.
  ///
  /// @param schedules all that it is to have; one that it has stays as it is. Null to leave them
  /// @throws UnknownName when there is no such pool, or no such queue in it
  @Again
  Deployment deploy(
      String flow,
      String name,
      DeployedCode code,
      Deployment.Settings settings,
      @Nullable List<NewSchedule> schedules);

  /// The deployment of this id.
  @Again
  Optional<Deployment> find(String id);

  /// The deployments of this name, each of another flow.
  @Again
  List<Deployment> named(String name);

  /// All, by flow and name.
  @Again
  List<Deployment> list();

  /// Stops the schedules of a deployment, or lets them go on: with the ticks that come then.
  ///
  /// @return whether there is one of this id
  @Again
  boolean pause(String id, boolean paused);

  /// Deletes a deployment with its schedules. Its runs stay, and those that wait are run.
  ///
  /// @return whether there was one of this id
  boolean delete(String id);
}
