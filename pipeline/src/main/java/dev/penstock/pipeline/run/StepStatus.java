package dev.penstock.pipeline.run;

import org.jspecify.annotations.Nullable;

/// Where one step of a running pipeline is. The counters are exact at the end, and at most some
/// thousand records behind while it runs.
///
/// @param figures the counters so far
/// @param observed the subject of an `observe` step; null for others
/// @param thread which steps share a thread: the same number means the same one
/// @param busy share of the time, from 0 to 1, that its thread has worked since the last look
/// @param blocked share of the time that its thread has waited for the next step to take records
/// @param waiting share of the time that its thread has waited for records
/// @param queued records waiting in front of the step
/// @param capacity how many can wait there; 0 where nothing waits
public record StepStatus(
    StepSummary figures,
    @Nullable String observed,
    int thread,
    double busy,
    double blocked,
    double waiting,
    int queued,
    int capacity) {}
