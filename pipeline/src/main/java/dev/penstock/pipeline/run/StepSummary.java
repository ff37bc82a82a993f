package dev.penstock.pipeline.run;

/// What one step did.
///
/// @param name as `explain()` shows it
/// @param in records given to it
/// @param out records it passed on
/// @param failed records that failed in it
/// @param retried attempts after the first
/// @param dropped records it dropped on purpose
public record StepSummary(
    String name, long in, long out, long failed, long retried, long dropped) {}
