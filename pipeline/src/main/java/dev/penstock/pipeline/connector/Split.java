package dev.penstock.pipeline.connector;

import java.util.Objects;

/// A part of a source that is read in order by one reader.
///
/// @param id names the part and its identity (topic id and partition; file, its etag and row
///   group), so that a file that was replaced, or a topic that was made anew, is another split
public record Split(String id) implements Comparable<Split> {
  /// All that a run without positions reads.
  public static final Split WHOLE = new Split("all");

  public Split {
    Objects.requireNonNull(id, "id");
  }

  @Override
  public int compareTo(Split other) {
    return id.compareTo(other.id);
  }
}
