package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;

/// A schedule that has a tick, or whose next one is to be found out.
///
/// @param priority of the queue of the deployment
/// @param unfinished how many of its runs are not over
/// @param ended the last of its runs that are over, the newest first; of one that is always on,
///   since only that one's runs depend on those before
/// @param now the time by the clock of the store
public record DueSchedule(
    DeploymentSchedule schedule,
    Deployment deployment,
    int priority,
    int unfinished,
    List<Ended> ended,
    Instant now) {
  public DueSchedule {
    ended = List.copyOf(ended);
  }

  /// A run that is over.
  ///
  /// @param failed whether it failed or was lost
  public record Ended(Instant made, Instant over, boolean failed) {}
}
