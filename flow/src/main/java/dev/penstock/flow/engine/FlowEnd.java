package dev.penstock.flow.engine;

import dev.penstock.flow.state.State;
import org.jspecify.annotations.Nullable;

/// Where a process has brought a flow run.
///
/// @param run the id of the run
/// @param name its name
/// @param state its state; not final where it waits, or was lost to another process
/// @param result what the flow returned, as JSON; null for none
/// @param failure what it failed with; null when it did not
public record FlowEnd(
    String run, String name, State state, @Nullable String result, @Nullable Throwable failure) {}
