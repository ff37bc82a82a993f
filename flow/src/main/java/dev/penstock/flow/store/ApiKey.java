package dev.penstock.flow.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key by which a program uses the server, without the key itself, which is not kept.
///
/// @param role what it may do
/// @param createdBy whoever made it
/// @param expires null for never
/// @param used null for never; to some minutes
public record ApiKey(
    String name,
    Role role,
    String createdBy,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant used) {}
