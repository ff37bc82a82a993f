package dev.penstock.server.access;

import dev.penstock.flow.store.ApiKeys;
import dev.penstock.flow.store.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes keys by which programs use the server.
public final class NewKey {
  private static final String BEGIN = "pk_";

  private NewKey() {}

  /// Makes one and keeps its hash.
  ///
  /// @param by whoever makes it
  /// @param lasts null for ever
  /// @return the key, which cannot be found out later
  /// @throws IllegalArgumentException when there is one of this name, or it is none
  public static String make(
      ApiKeys keys, String name, Role role, String by, @Nullable Duration lasts) {
    String key = BEGIN + Tokens.random();
    if (!keys.create(new ApiKeys.NewKey(name, Tokens.hash(key), role, by, lasts))) {
      throw new IllegalArgumentException(
          "there is a key \"" + name + "\" already: choose another name, or revoke that one first");
    }
    return key;
  }
}
