package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker is ready to take.
///
/// @param owner the worker
/// @param pool its work pool
/// @param queues the queues it serves; empty for all
/// @param versions the versions of code it has; null when it can get any
/// @param atMost how many runs
/// @param lease for how long, unless it is renewed
public record ClaimRequest(
    String owner,
    String pool,
    List<String> queues,
    @Nullable List<String> versions,
    int atMost,
    Duration lease) {}
