package dev.penstock.flow.store;

import java.time.Instant;

/// An automation as it is stored.
///
/// @param definition its trigger and its actions, as JSON
/// @param since what happened before does not concern it: when it was saved or enabled last
public record StoredAutomation(
    String id, String name, String definition, boolean enabled, Instant since) {}
