package dev.penstock.server.access;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.store.ApiKeys;
import dev.penstock.flow.store.Role;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// Makes keys by which programs use the server.
public final class NewKey {
  private static final String BEGIN = "pk_";

  private NewKey() {}

  /// What a key may do.
  ///
  /// @param scopes what of its role; empty for all of it
  public record Grant(Role role, List<String> scopes) {
    /// @throws IllegalArgumentException when there is no such scope, or the role may nothing of one
    public Grant {
      scopes = scopes.stream().distinct().sorted().toList();
      NavigableMap<String, NavigableSet<Role>> known = new Permissions().scopes();
      for (String scope : scopes) {
        Role least = roles(known, scope).first();
        if (!role.covers(least)) {
          throw new IllegalArgumentException(
              scope + " is not for the role " + role.word() + ": it needs " + least.word());
        }
      }
    }

    /// All that a role may.
    public static Grant of(Role role) {
      return new Grant(role, List.of());
    }

    /// All of some scopes, by the least role that may all of it.
    ///
    /// @param scopes at least one
    /// @throws IllegalArgumentException when there is no such scope
    public static Grant of(List<String> scopes) {
      NavigableMap<String, NavigableSet<Role>> known = new Permissions().scopes();
      Role role =
          scopes.stream()
              .map(scope -> roles(known, scope).last())
              .max(Comparator.naturalOrder())
              .orElseThrow(() -> new IllegalArgumentException("a key has a role, or scopes"));
      return new Grant(role, scopes);
    }

    private static NavigableSet<Role> roles(
        NavigableMap<String, NavigableSet<Role>> known, String scope) {
      NavigableSet<Role> roles = known.get(scope);
      if (roles == null) {
        throw new IllegalArgumentException(
            "there is no scope \""
                + scope
                + "\""
                + DidYouMean.hint(scope, List.copyOf(known.keySet()))
                + "; penstock api-key scopes shows all");
      }
      return roles;
    }
  }

  /// Makes one and keeps its hash.
  ///
  /// @param grant what it may do
  /// @param by whoever makes it
  /// @param lasts null for ever
  /// @return the key, which cannot be found out later
  /// @throws IllegalArgumentException when there is one of this name, or it is none
  public static String make(
      ApiKeys keys, String name, Grant grant, String by, @Nullable Duration lasts) {
    String key = BEGIN + Tokens.random();
    if (!keys.create(
        new ApiKeys.NewKey(name, Tokens.hash(key), grant.role(), grant.scopes(), by, lasts))) {
      throw new IllegalArgumentException(
          "there is a key \"" + name + "\" already: choose another name, or revoke that one first");
    }
    return key;
  }
}
