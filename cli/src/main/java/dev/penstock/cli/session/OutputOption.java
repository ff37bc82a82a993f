package dev.penstock.cli.session;

import static java.util.stream.Collectors.joining;

import dev.penstock.flow.JsonTree;
import java.io.PrintWriter;
import java.util.List;
import java.util.SequencedMap;
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

  /// Shows objects as a JSON array with a line for each.
  void array(
      PrintWriter out, List<? extends SequencedMap<String, ? extends @Nullable Object>> objects) {
    out.println(
        objects.stream()
            .map(JsonTree::write)
            .collect(joining("," + System.lineSeparator(), "[", "]")));
    out.flush();
  }

  /// Shows one thing: for people a line for each of its members.
  public void thing(PrintWriter out, SequencedMap<String, ? extends @Nullable Object> thing) {
    out.println(json() ? JsonTree.write(thing) : Details.text(thing));
    out.flush();
  }

  /// Says what was done; where JSON is asked for, as a thing.
  public void done(
      PrintWriter out, String line, SequencedMap<String, ? extends @Nullable Object> thing) {
    if (json()) {
      thing(out, thing);
    } else {
      out.println(line);
      out.flush();
    }
  }
}
