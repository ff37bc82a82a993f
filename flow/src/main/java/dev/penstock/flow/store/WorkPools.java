package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work pools of a store.
public interface WorkPools {
  /// Makes a pool with its default queue, unless there is one of this name.
  ///
  /// @return whether it was made
  boolean create(String name, WorkPool.Type type, @Nullable Integer limit);

  @Again
  Optional<WorkPool> find(String name);

  /// All, by name.
  @Again
  List<WorkPool> list();

  /// @return whether there is one of this name
  @Again
  boolean limit(String name, @Nullable Integer limit);

  /// Lets no worker take runs of a pool, or lets them again.
  ///
  /// @return whether there is one of this name
  @Again
  boolean pause(String name, boolean paused);

  /// Changes a pool from what somebody has seen.
  ///
  /// @return whether it was as they saw it
  boolean replace(WorkPool seen, @Nullable Integer limit, boolean paused);

  /// Deletes a pool with its queues.
  ///
  /// @return whether there was one of this name
  /// @throws IllegalStateException when deployments run in it
  boolean delete(String name);
}
