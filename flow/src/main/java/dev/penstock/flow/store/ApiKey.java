package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key by which a program uses the server, without the key itself, which is not kept.
///
/// @param role what it may do
/// @param scopes what of that; empty for all of it
/// @param createdBy whoever made it
/// @param expires null for never
/// @param used null for never; to some minutes
public record ApiKey(
    String name,
    Role role,
    List<String> scopes,
    String createdBy,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant used) {
  public ApiKey {
    scopes = List.copyOf(scopes);
  }
}
