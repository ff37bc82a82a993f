package dev.penstock.flow.store;

import java.util.regex.Pattern;

/// The rule for names of variables, secrets, blocks and automations: they stand in commands, URLs
/// and files.
final class StoredName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  private StoredName() {}

  static String checked(String kind, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a "
              + kind
              + " must be up to 128 letters, digits, '_', '.' and '-', and begin with a letter or a digit, was \""
              + name
              + "\"");
    }
    return name;
  }
}
