package dev.penstock.cli.session;

import static java.util.stream.Collectors.joining;

import dev.penstock.flow.JsonTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing with all that is known of it, as people see it: a line for each of its members.
final class Details {
  private Details() {}

  static String text(Map<String, ? extends @Nullable Object> members) {
    Table table = Table.ofTexts();
    members.forEach((name, value) -> rows(table, name, value));
    return table.toString();
  }

  /// A list of objects, or a text of several lines, has a row for each; what is not there has none.
  private static void rows(Table table, String name, @Nullable Object value) {
    List<String> lines =
        switch (value) {
          case null -> List.of();
          case List<?> list when !list.isEmpty() && list.getFirst() instanceof Map<?, ?> ->
              list.stream().map(Details::line).toList();
          case Map<?, ?> _, List<?> _ -> List.of(JsonTree.write(value));
          default -> value.toString().lines().toList();
        };
    for (int i = 0; i < lines.size(); i++) {
      table.row(List.of(i == 0 ? name : "", lines.get(i)));
    }
  }

  private static String line(@Nullable Object object) {
    return object instanceof Map<?, ?> members
        ? members.values().stream().map(String::valueOf).collect(joining("  ")).strip()
        : String.valueOf(object);
  }
}
