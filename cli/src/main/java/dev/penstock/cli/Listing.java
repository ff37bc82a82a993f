package dev.penstock.cli;

import dev.penstock.flow.JsonTree;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How commands show what they found: aligned columns for people, JSON for programs.
final class Listing {
  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "json: for programs, on one line.")
  private Format format = Format.text;

  /// How it is shown.
  @SuppressWarnings("EnumNaming") // written as on the command line
  enum Format {
    text,
    json
  }

  /// Shows rows, which have the same names in the same order.
  void rows(PrintWriter out, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    switch (format) {
      case json -> out.println(JsonTree.write(rows));
      case text -> table(out, rows);
    }
    out.flush();
  }

  /// Shows one thing.
  void thing(PrintWriter out, Map<String, ? extends @Nullable Object> thing) {
    switch (format) {
      case json -> out.println(JsonTree.write(thing));
      case text -> {
        int width = thing.keySet().stream().mapToInt(String::length).max().orElse(0);
        thing.forEach(
            (name, value) -> out.println(("%-" + width + "s  %s").formatted(name, text(value))));
      }
    }
    out.flush();
  }

  /// Says what was done; where JSON is asked for, as a thing.
  void done(PrintWriter out, String line, Map<String, ? extends @Nullable Object> thing) {
    if (format == Format.json) {
      thing(out, thing);
    } else {
      out.println(line);
      out.flush();
    }
  }

  private static void table(
      PrintWriter out, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        rows.getFirst().keySet().stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    rows.forEach(row -> lines.add(row.values().stream().map(Listing::text).toList()));
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        text.append(("%-" + Math.max(1, width) + "s  ").formatted(line.get(i)));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> String.join(", ", list.stream().map(String::valueOf).toList());
      case Map<?, ?> map -> JsonTree.write(map);
      default -> value.toString();
    };
  }
}
