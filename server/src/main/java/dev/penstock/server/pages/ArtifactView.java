package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.StoredArtifact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An artifact as its tab shows it.
///
/// @param columns of a table
/// @param rows of a table
/// @param text of Markdown, a link or an image
/// @param url of a link or an image, when it is one that a browser may follow; empty otherwise
/// @param percent of a progress
public record ArtifactView(
    StoredArtifact artifact,
    List<String> columns,
    List<List<String>> rows,
    String text,
    String url,
    double percent) {
  private static final int MOST_ROWS = 100;

  static ArtifactView of(StoredArtifact artifact) {
    Object data = JsonTree.read(artifact.data());
    return switch (artifact.kind()) {
      case TABLE -> table(artifact, data);
      case MARKDOWN -> text(artifact, String.valueOf(data), "");
      case LINK, IMAGE ->
          data instanceof Map<?, ?> link
              ? text(
                  artifact, String.valueOf(link.get("text")), safe(String.valueOf(link.get("url"))))
              : text(artifact, String.valueOf(data), "");
      case PROGRESS ->
          new ArtifactView(
              artifact,
              List.of(),
              List.of(),
              "",
              "",
              data instanceof Number number ? Math.clamp(number.doubleValue(), 0, 100) : 0);
    };
  }

  private static ArtifactView text(StoredArtifact artifact, String text, String url) {
    return new ArtifactView(artifact, List.of(), List.of(), text, url, 0);
  }

  /// Addresses of the web, and images that are in the address: a script may stand in one too.
  private static String safe(String url) {
    return url.startsWith("https://") || url.startsWith("http://") || url.startsWith("data:image/")
        ? url
        : "";
  }

  private static ArtifactView table(StoredArtifact artifact, @Nullable Object data) {
    List<?> objects = data instanceof List<?> list ? list : List.of();
    Set<String> columns = new LinkedHashSet<>();
    for (Object object : objects) {
      if (object instanceof Map<?, ?> row) {
        row.keySet().forEach(name -> columns.add(String.valueOf(name)));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (Object object : objects.subList(0, Math.min(MOST_ROWS, objects.size()))) {
      if (object instanceof Map<?, ?> row) {
        rows.add(columns.stream().map(name -> cell(row.get(name))).toList());
      }
    }
    String more =
        objects.size() > MOST_ROWS
            ? "the first " + MOST_ROWS + " of " + objects.size() + " rows"
            : "";
    return new ArtifactView(artifact, List.copyOf(columns), rows, more, "", 0);
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String text ? text : JsonTree.write(value);
  }
}
