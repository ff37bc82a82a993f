package dev.penstock.flow.store;

/// The right to run a flow run, until it expires or somebody else takes the run. Every write for a
/// run carries it; the fence grows with each claim, so that a process that slept past its lease
/// writes nothing.
///
/// @param run the id of the flow run
/// @param owner the process that holds it
/// @param fence which claim of the run this is, counted from 1
public record Lease(String run, String owner, long fence) {}
