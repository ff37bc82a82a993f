package dev.penstock.flow;

import org.jspecify.annotations.Nullable;

/// Parameters whose text is JSON.
final class JsonText {
  private JsonText() {}

  static @Nullable Object value(ParameterType type, String text, Place at) {
    @Nullable Object json;
    try {
      json = JsonTree.read(text);
    } catch (IllegalArgumentException e) {
      at.problem(": " + e.getMessage());
      return null;
    }
    if (json == null) {
      at.problem(" is null");
      return null;
    }
    if (json instanceof String) {
      at.problem(": a text is given, not a " + type.name());
      return null;
    }
    return type.ofJson(json, at);
  }
}
