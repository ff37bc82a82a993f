package dev.penstock.flow.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A schedule of a deployment, as the store knows it.
///
/// @param deployment its id
/// @param backfill whether it is one: its ticks are of the past, and it ends
/// @param active whether it makes runs
/// @param last ticks up to this time have been dealt with
/// @param next its next tick; null when that has to be found out, or there is none
/// @param ended whether there are no more ticks
public record DeploymentSchedule(
    String id,
    String deployment,
    boolean backfill,
    NewSchedule settings,
    boolean active,
    Instant last,
    @Nullable Instant next,
    boolean ended,
    Instant created) {}
