package dev.penstock.flow.yaml;

import java.util.Comparator;

/// A place in a YAML file.
///
/// @param line from 1
/// @param column from 1, in characters
public record YamlPlace(int line, int column) implements Comparable<YamlPlace> {
  /// Where a file begins.
  public static final YamlPlace START = new YamlPlace(1, 1);

  private static final Comparator<YamlPlace> ORDER =
      Comparator.comparingInt(YamlPlace::line).thenComparingInt(YamlPlace::column);

  @Override
  public int compareTo(YamlPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
