package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;

/// How flow runs pass from one process to another before their lease has ended: from a worker to
/// the process that it starts for a run, and back to the pool.
public interface Handovers {
  /// Says that a run that was taken is on its way into a process of its own.
  ///
  /// @throws Fenced when another has taken it since
  void submitting(Lease lease);

  /// Takes a run over from the process that took it for this one.
  ///
  /// @param lease of the other process
  /// @param owner this process
  /// @return the run under a lease of its own; empty when another has taken it since, or it is
  ///   begun already
  Optional<Claimed> take(Lease lease, String owner, Duration duration);

  /// Gives a run back to its pool: whoever takes it next goes on with it. One that was to be
  /// cancelled is.
  ///
  /// @param why for people
  /// @param pause how long nobody takes it
  /// @return whether it was still held under this lease
  @Again
  boolean release(Lease lease, String why, Duration pause);

  /// Says that the process of a run is known to be gone, without waiting for its lease to end.
  ///
  /// @param again how often in a row it may be lost without progress
  /// @return whether it was still held under this lease
  @Again
  boolean lost(Lease lease, int again);

  /// Ends a run that cannot be run at all.
  ///
  /// @param why for people
  /// @return whether it was still held under this lease
  @Again
  boolean refuse(Lease lease, String why);

  /// Marks runs that wait in a pool although their time has long passed.
  ///
  /// @param tolerance how late a run may be
  /// @return how many were marked
  @AtDatabase
  int markLate(Duration tolerance);
}
