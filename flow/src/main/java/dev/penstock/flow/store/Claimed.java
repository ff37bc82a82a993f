package dev.penstock.flow.store;

/// A run that was taken.
///
/// @param begunBefore whether it has to be replayed
public record Claimed(FlowRun run, Lease lease, boolean begunBefore) {}
