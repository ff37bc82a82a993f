package dev.penstock.flow.worker;

import dev.penstock.flow.JsonTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects as text.
final class JsonObjects {
  private JsonObjects() {}

  /// The fields of both; where both have one, that of `above`.
  static String over(String below, String above) {
    if (above.equals("{}")) {
      return below;
    }
    Map<String, @Nullable Object> merged = JsonTree.readObject(below);
    merged.putAll(JsonTree.readObject(above));
    return JsonTree.write(merged);
  }
}
