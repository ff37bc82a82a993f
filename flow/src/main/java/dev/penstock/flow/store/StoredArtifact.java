package dev.penstock.flow.store;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that a run has left for people to look at.
///
/// @param flowRun the id of the run it is of
/// @param taskRun the id of the task run in which it was made; null for the body of the flow
/// @param key the same for all versions of the same thing
/// @param description for people; empty for none
/// @param data a JSON value: of a table a list of objects; of Markdown a string; of a link and an
///   image an object with `url` and `text`; of a progress a number from 0 to 100
public record StoredArtifact(
    String id,
    String flowRun,
    @Nullable String taskRun,
    Kind kind,
    String key,
    String description,
    String data,
    Instant created,
    Instant updated) {

  /// What it shows.
  public enum Kind {
    TABLE,
    MARKDOWN,
    LINK,
    PROGRESS,
    IMAGE;

    /// As the store holds it, and as people read it: `table`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// What is said of one when it is made.
  ///
  /// @param id the same for what a replay makes again
  public record Draft(
      String id,
      @Nullable String taskRun,
      Kind kind,
      String key,
      String description,
      String data) {}
}
