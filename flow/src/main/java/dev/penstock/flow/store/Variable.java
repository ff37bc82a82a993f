package dev.penstock.flow.store;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import java.time.Instant;
import java.util.List;

/// A value that is stored by name.
///
/// @param json the value
/// @param updated when it was last set
public record Variable(String name, String json, List<String> tags, Instant updated) {
  public Variable {
    tags = List.copyOf(tags);
  }

  /// The value in a Java type that a column can hold.
  ///
  /// @throws IllegalArgumentException when it is something else
  public <T> T as(Class<T> type) {
    try {
      @SuppressWarnings("unchecked") // of a primitive type, Class.cast would refuse its box
      T value = (T) Json.parse(json, DataType.of(type));
      return value;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "variable \"" + name + "\" is not " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /// The value as a text: a string without its quotes, anything else as JSON.
  public String text() {
    return json.startsWith("\"") ? as(String.class) : json;
  }
}
