package dev.penstock.cli.session;

import static java.util.stream.Collectors.joining;

import dev.penstock.flow.JsonTree;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How commands show their result: aligned columns for people, JSON for scripts.
public final class OutputOption {
  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "json: the result as JSON on standard output.")
  private OutputFormat format = OutputFormat.text;

  public boolean json() {
    return format == OutputFormat.json;
  }

  /// Shows rows, which have the same names in the same order: a JSON array has a line for each.
  public void rows(PrintWriter out, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    if (json()) {
      out.println(
          rows.stream()
              .map(JsonTree::write)
              .collect(joining("," + System.lineSeparator(), "[", "]")));
    } else if (!rows.isEmpty()) {
      Table table = Table.ofTexts();
      table.row(rows.getFirst().keySet().stream().map(OutputOption::title).toList());
      rows.forEach(row -> table.row(row.values().stream().map(OutputOption::text).toList()));
      out.println(table);
    }
    out.flush();
  }

  /// `CONCURRENCY LIMIT` of `concurrencyLimit`.
  private static String title(String name) {
    return name.replaceAll("(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> list.stream().map(String::valueOf).collect(joining(", "));
      case Map<?, ?> map -> JsonTree.write(map);
      default -> value.toString();
    };
  }

  /// Shows one thing: for people a line for each of its members.
  public void thing(PrintWriter out, Map<String, ? extends @Nullable Object> thing) {
    out.println(json() ? JsonTree.write(thing) : Details.text(thing));
    out.flush();
  }

  /// Says what was done; where JSON is asked for, as a thing.
  public void done(PrintWriter out, String line, Map<String, ? extends @Nullable Object> thing) {
    if (json()) {
      thing(out, thing);
    } else {
      out.println(line);
      out.flush();
    }
  }
}
