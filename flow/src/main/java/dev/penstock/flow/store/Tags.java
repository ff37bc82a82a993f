package dev.penstock.flow.store;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import java.util.List;

/// Tags as the store holds them: a JSON array.
final class Tags {
  private static final DataType TYPE = new DataType.ListOf(DataType.Scalar.STRING);

  private Tags() {}

  static String write(List<String> tags) {
    return tags.isEmpty() ? "[]" : Json.write(tags, TYPE);
  }

  @SuppressWarnings("unchecked") // the type says so
  static List<String> read(String text) {
    return text.equals("[]") ? List.of() : (List<String>) Json.parse(text, TYPE);
  }
}
