package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;

/// The queues of work pools.
public interface WorkQueues {
  /// Makes a queue, unless its pool has one of this name.
  ///
  /// @return whether it was made
  /// @throws UnknownName when there is no such pool
  boolean create(WorkQueue queue);

  @Again
  Optional<WorkQueue> find(String pool, String name);

  /// Those of a pool, the most urgent one first.
  @Again
  List<WorkQueue> list(String pool);

  /// Changes a queue, and the order of the runs that wait in it.
  ///
  /// @return whether there is one of this name
  boolean change(WorkQueue queue);

  /// Deletes a queue.
  ///
  /// @return whether there was one of this name
  /// @throws IllegalStateException when it is the default one, or deployments use it
  boolean delete(String pool, String name);
}
