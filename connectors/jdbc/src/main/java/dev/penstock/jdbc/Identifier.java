package dev.penstock.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/// Names of columns and tables in SQL text, always quoted.
final class Identifier {
  private Identifier() {}

  static String quote(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a name in a database must not be empty and must not contain a NUL character, was \""
              + name.replace("\0", "\\0")
              + "\"");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// `"a", "b"`.
  static String list(List<String> names) {
    return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
  }
}
