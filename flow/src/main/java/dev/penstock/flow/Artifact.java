package dev.penstock.flow;

import static dev.penstock.flow.store.StoredArtifact.Kind.IMAGE;
import static dev.penstock.flow.store.StoredArtifact.Kind.LINK;
import static dev.penstock.flow.store.StoredArtifact.Kind.MARKDOWN;
import static dev.penstock.flow.store.StoredArtifact.Kind.TABLE;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.NoFlowRun;
import dev.penstock.flow.store.StoredArtifact;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// Something for people to look at, that a flow or task leaves with its run: a table, a text, a
/// link, a progress, an image. It is kept as long as the run. A replay that makes it again writes
/// it in the same place.
///
/// ```java
/// artifact("rows-by-day").description("what came in").table(rows);
/// ```
///
/// A value, unchanged by its settings.
public final class Artifact {
  /// What one may hold: people look at it.
  private static final int LARGEST = 4 << 20;

  private static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final String key;
  private final String description;

  Artifact(String key) {
    this(key, "");
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "the key of an artifact is lower-case letters, digits and dashes, such as rows-by-day;"
              + " was \""
              + key
              + "\"");
    }
  }

  private Artifact(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /// What it shows, for people.
  public Artifact description(String text) {
    return new Artifact(key, text);
  }

  /// A table.
  ///
  /// @param rows records, or maps from column to value
  /// @throws NoFlowRun when this thread is in no flow run
  public void table(Iterable<?> rows) {
    StringJoiner table = new StringJoiner(",", "[", "]");
    for (Object row : rows) {
      table.add(
          switch (row) {
            case Record one -> ValueCodec.of(one.getClass()).write(one);
            case Map<?, ?> one -> JsonTree.write(one);
            default ->
                throw new IllegalArgumentException(
                    "the rows of artifact \""
                        + key
                        + "\" must be records or maps, one was a "
                        + row.getClass().getName());
          });
    }
    keep(TABLE, table.toString());
  }

  /// A text in Markdown.
  public void markdown(String text) {
    keep(MARKDOWN, JsonTree.write(text));
  }

  /// A link, shown as its address.
  public void link(URI to) {
    link(to, to.toString());
  }

  /// A link.
  ///
  /// @param text what is shown of it
  public void link(URI to, String text) {
    keep(LINK, JsonTree.write(Map.of("url", to.toString(), "text", text)));
  }

  /// An image, by its address.
  public void image(URI at) {
    keep(IMAGE, JsonTree.write(Map.of("url", at.toString(), "text", description)));
  }

  /// An image in a file, such as a diagram: it is kept in the store.
  public void image(Path file) {
    String type = URLConnection.guessContentTypeFromName(String.valueOf(file.getFileName()));
    if (type == null || !type.startsWith("image/")) {
      throw new IllegalArgumentException(
          "artifact \"" + key + "\": the name of " + file + " is not that of an image");
    }
    try {
      if (Files.size(file) > LARGEST / 2) {
        throw tooLarge(Files.size(file));
      }
      String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
      image(URI.create("data:" + type + ";base64," + bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException("artifact \"" + key + "\": cannot read " + file, e);
    }
  }

  /// How far something has come, which may be changed as it goes on.
  public ArtifactProgress progress() {
    return new ArtifactProgress(key, description);
  }

  private void keep(StoredArtifact.Kind kind, String data) {
    if (data.length() > LARGEST) {
      throw tooLarge(data.length());
    }
    Calls.artifact(kind, key, description, data);
  }

  private IllegalArgumentException tooLarge(long size) {
    return new IllegalArgumentException(
        "artifact \""
            + key
            + "\" has "
            + size
            + " bytes, more than the "
            + LARGEST
            + " that one may have: keep it as a file, and link to it");
  }
}
