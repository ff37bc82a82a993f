package dev.penstock.flow.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schedules of deployments. What a rule means is for the scheduler to know; the store sees to
/// it that each tick is dealt with once, however many schedulers there are: a step is taken from
/// where the schedule was seen to be, or not at all.
public interface Schedules {
  /// Adds a schedule to a deployment; its first tick is the first one from now on.
  ///
  /// @return its id
  String add(String deployment, NewSchedule schedule);

  /// Adds a backfill to a deployment: a schedule whose ticks are dealt with from `from` on.
  ///
  /// @param key what is added again with the same key is the same backfill, as it was first; null
  ///   for none
  /// @return its id
  String backfill(String deployment, NewSchedule schedule, Instant from, @Nullable String key);

  /// The backfill of a deployment that was added with a key.
  @Again
  Optional<DeploymentSchedule> keyed(String deployment, String key);

  /// Those of a deployment, backfills too, the oldest first.
  @Again
  List<DeploymentSchedule> of(String deployment);

  @Again
  Optional<DeploymentSchedule> find(String id);

  /// Changes a schedule from what somebody has seen; its first tick is the first one from now on.
  ///
  /// @return whether it was as they saw it; a backfill is not changed
  boolean replace(String id, NewSchedule seen, NewSchedule schedule);

  /// Stops a schedule, or lets it go on: with the ticks that come then. A backfill goes on where it
  /// stopped.
  ///
  /// @return whether there is one of this id
  @Again
  boolean activate(String id, boolean active);

  /// @return whether there was one of this id
  boolean delete(String id);

  /// Schedules that have a tick now, or whose next one is to be found out.
  @AtDatabase
  List<DueSchedule> due(int atMost);

  /// How long until some schedule has a tick; empty when none is known to have one.
  @AtDatabase
  Optional<Duration> untilNext();

  /// Takes a step of a schedule: makes the runs of its ticks, and remembers how far it came.
  ///
  /// @param seen as it was when the step was worked out
  /// @return whether it was taken; not when the schedule has changed since, or another has taken it
  @AtDatabase
  boolean advance(DeploymentSchedule seen, Advance advance);
}
