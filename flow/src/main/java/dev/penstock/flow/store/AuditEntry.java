package dev.penstock.flow.store;

import java.time.Instant;

/// A change that somebody has made.
///
/// @param id grows with each
/// @param actor who: the name of a user, `key NAME`, or `local` where nobody logs in
/// @param action what: `cancel flow run`
/// @param subject to what, such as the path of the request
/// @param origin from where: an address, or `command`
public record AuditEntry(
    long id, Instant at, String actor, String action, String subject, String origin) {

  /// A change that is to be noted.
  public record Draft(String actor, String action, String subject, String origin) {}
}
