package dev.penstock.pipeline.plan;

/// Which record of its source something was made of; of several, the last one.
///
/// @param split the part of the source, by the name that the run knows it by: of a topic
///   `rooms-v1/2/` and the id of the topic
/// @param place where it lies there, as people look for it: `offset=17`, `line=3`, `row=5`, the key
///   of a row
public record SourcePosition(String split, String place) {
  /// `orders.csv, line=3`.
  @Override
  public String toString() {
    return split + ", " + place;
  }
}
