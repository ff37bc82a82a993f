package dev.penstock.flow.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A flow run to be made.
///
/// @param id a new [Ids#next], or, to make the same run once only, always the same
/// @param due when it may be taken; null for at once
public record NewFlowRun(
    String id, String name, FlowRun.Origin origin, FlowRun.Call call, @Nullable Instant due) {}
