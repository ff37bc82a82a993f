package dev.penstock.cli.access;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.flow.store.Role;
import dev.penstock.server.access.NewKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a key may do, as it was said. No command has a method of that type: the methods of commands
/// are looked through for all of them, also where there are no classes of the server.
final class Grants {
  private Grants() {}

  /// @param role null if not said
  /// @param scopes empty if not said
  /// @throws CommandFailed when nothing was said, or that cannot be
  static NewKey.Grant of(@Nullable Role role, List<String> scopes) {
    try {
      if (role == null && scopes.isEmpty()) {
        throw new IllegalArgumentException("say what it may do, by --role or --scope");
      }
      return role == null ? NewKey.Grant.of(scopes) : new NewKey.Grant(role, scopes);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }
}
