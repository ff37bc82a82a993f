package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// The workers of a store. A name belongs to one process, as long as that gives signs of life.
public interface Workers {
  /// Who registers.
  ///
  /// @param instance a name that no other process has
  /// @param version of Penstock
  /// @param limit how many runs at once
  record Registration(String name, String instance, String pool, String version, int limit) {}

  /// Takes a name for a process, until it gives no sign of life for as long as the lease.
  ///
  /// @throws WorkerNameTaken when another process has it
  /// @throws UnknownName when there is no such pool
  @Again
  void register(Registration worker, Duration lease);

  /// A sign of life.
  ///
  /// @param lacks versions of code that the worker could not get
  /// @return whether the name is still this process's
  @Again
  boolean beat(
      String name, String instance, WorkerEntry.State state, List<String> lacks, Duration lease);

  /// Gives a name back.
  @Again
  void unregister(String name, String instance);

  /// Forgets workers that have given no sign of life for so long.
  ///
  /// @return how many
  @AtDatabase
  int forget(Duration silent);

  /// All, by pool and name.
  @Again
  List<WorkerEntry> list();
}
