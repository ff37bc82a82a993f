package dev.penstock.flow.store;

import java.time.Instant;

/// A schedule that has a tick, or whose next one is to be found out.
///
/// @param priority of the queue of the deployment
/// @param unfinished how many of its runs are not over
/// @param now the time by the clock of the store
public record DueSchedule(
    DeploymentSchedule schedule,
    Deployment deployment,
    int priority,
    int unfinished,
    Instant now) {}
