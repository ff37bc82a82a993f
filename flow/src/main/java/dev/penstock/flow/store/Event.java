package dev.penstock.flow.store;

import java.time.Instant;

/// Something that has happened.
///
/// @param name what: `penstock.flow-run.Failed`
/// @param resource to what kind of thing: `flow-run`
/// @param payload what else there is to know, a JSON object
public record Event(
    long id, Instant occurred, String name, String resource, String resourceId, String payload) {}
