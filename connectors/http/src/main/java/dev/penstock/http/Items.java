package dev.penstock.http;

import dev.penstock.data.JsonValue;
import java.util.List;

/// What a page holds, in order.
sealed interface Items {

  int size();

  /// @throws dev.penstock.data.BadJson when it is no JSON
  JsonValue get(int index);

  /// The elements of an array.
  record Elements(List<JsonValue> elements) implements Items {
    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public JsonValue get(int index) {
      return elements.get(index);
    }
  }

  /// Lines of JSON, each read when it is asked for: a bad one does not spoil the others.
  record Lines(List<String> lines) implements Items {
    static Lines of(String text) {
      return new Lines(text.lines().filter(line -> !line.isBlank()).toList());
    }

    @Override
    public int size() {
      return lines.size();
    }

    @Override
    public JsonValue get(int index) {
      return JsonValue.parse(lines.get(index));
    }
  }
}
