package dev.penstock.flow.store;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/// Somebody who may log in on the server.
///
/// @param name in lower case
/// @param updated when the role or the password was last set
public record User(String name, Role role, Instant created, Instant updated) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.@+-]{0,127}");

  /// A name as it is kept.
  ///
  /// @throws IllegalArgumentException when nobody can be called so
  public static String named(String name) {
    String kept = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(kept).matches()) {
      throw new IllegalArgumentException(
          "the name of a user must be up to 128 letters, digits, '_', '.', '@', '+' and '-',"
              + " and begin with a letter or a digit, was \""
              + name
              + "\"");
    }
    return kept;
  }
}
