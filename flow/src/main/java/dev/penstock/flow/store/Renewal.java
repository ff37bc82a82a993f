package dev.penstock.flow.store;

import org.jspecify.annotations.Nullable;

/// The answer to whoever renews a lease.
///
/// @param held whether the run is still its own
/// @param wanted what somebody asks of the run; null for nothing
public record Renewal(Lease lease, boolean held, @Nullable Wanted wanted) {}
