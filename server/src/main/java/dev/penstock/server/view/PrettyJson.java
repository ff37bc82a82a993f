package dev.penstock.server.view;

import dev.penstock.flow.JsonTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON over several lines, for people.
public final class PrettyJson {
  /// What fits on a line stays on it.
  private static final int LINE = 60;

  private PrettyJson() {}

  /// @param tree maps, lists and values, as [JsonTree] makes them
  public static String write(@Nullable Object tree) {
    StringBuilder text = new StringBuilder();
    write(tree, "", text);
    return text.toString();
  }

  /// The same of a text that is JSON; one that is not stays as it is.
  public static String of(String json) {
    try {
      return write(JsonTree.read(json));
    } catch (IllegalArgumentException e) {
      return json;
    }
  }

  private static void write(@Nullable Object value, String indent, StringBuilder text) {
    String line = JsonTree.write(value);
    boolean parts = value instanceof Map<?, ?> map && !map.isEmpty() || value instanceof List<?>;
    if (!parts || (line.length() <= LINE && !indent.isEmpty())) {
      text.append(line);
      return;
    }
    String deeper = indent + "  ";
    String separator = "\n";
    if (value instanceof Map<?, ?> map) {
      text.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator)
            .append(deeper)
            .append(JsonTree.write(String.valueOf(entry.getKey())))
            .append(": ");
        write(entry.getValue(), deeper, text);
        separator = ",\n";
      }
      text.append('\n').append(indent).append('}');
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (Object each : list) {
        text.append(separator).append(deeper);
        write(each, deeper, text);
        separator = ",\n";
      }
      text.append(list.isEmpty() ? "" : "\n" + indent).append(']');
    }
  }
}
