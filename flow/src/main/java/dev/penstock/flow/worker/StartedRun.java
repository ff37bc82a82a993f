package dev.penstock.flow.worker;

import dev.penstock.flow.store.Lease;

/// A run that a worker has started. Safe for use by several threads.
public interface StartedRun {
  /// The lease under which the run is held, as long as it is not over.
  Lease lease();

  /// The lease under which the worker took it. Renewed by the worker; when another has taken the
  /// run over from it, that does nothing.
  Lease workerLease();

  /// Where it is.
  Progress progress();

  /// Asks it to end, if that can be done.
  void stop();

  /// Whether it is about to end because it was asked to.
  boolean stops();

  /// Ends it, if that can be done.
  void kill();

  /// Where a started run is.
  sealed interface Progress {
    record Running() implements Progress {}

    /// It is over here. If the store does not say so, it was lost.
    record Over(String how) implements Progress {}

    /// Its code is not to be had here.
    record NoCode(String why) implements Progress {}

    /// It cannot be run at all.
    record Refused(String why) implements Progress {}
  }
}
