package dev.penstock.server.web;

import dev.penstock.flow.store.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a request, and what they may do.
///
/// @param name of the user, or `key NAME`; `local` where nobody logs in
/// @param role null for somebody who has not logged in
/// @param scopes what of that role they may do; empty for all of it
/// @param formToken what forms of this session carry, so that no other page can send them; null
///   where there is no session
public record Identity(
    String name, @Nullable Role role, Set<String> scopes, @Nullable String formToken) {
  /// Somebody who has not logged in.
  public static final Identity NOBODY = new Identity("", null, Set.of(), null);

  /// Whoever is on this machine, where there are no users.
  public static final Identity LOCAL = new Identity("local", Role.ADMIN, Set.of(), null);

  /// @param scopes empty for all that the role may
  public static Identity key(String name, Role role, Set<String> scopes) {
    return new Identity("key " + name, role, scopes, null);
  }

  public boolean may(Role needed) {
    return role != null && role.covers(needed);
  }

  /// Whether somebody has logged in, who can log out again.
  public boolean session() {
    return formToken != null;
  }
}
