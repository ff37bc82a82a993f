package dev.penstock.files;

import dev.penstock.pipeline.connector.Position;

/// Where the records of one chunk begin and end. Made anew for each chunk, because positions are
/// asked for later.
final class TextPlaces {
  private final long[] ends;
  private final long[] linesAfter;
  private final long[] lines;
  private final long recordsBefore;
  private int size;

  TextPlaces(int capacity, long recordsBefore) {
    this.ends = new long[capacity];
    this.lines = new long[capacity];
    this.linesAfter = new long[capacity];
    this.recordsBefore = recordsBefore;
  }

  /// Adds a record.
  ///
  /// @param line on which it begins
  /// @param end where the next one may begin, in bytes of the text
  /// @param lineAfter on which the next one may begin
  void add(long line, long end, long lineAfter) {
    lines[size] = line;
    ends[size] = end;
    linesAfter[size] = lineAfter;
    size++;
  }

  int size() {
    return size;
  }

  long line(int record) {
    return lines[record];
  }

  Position after(int record) {
    return new TextPlace(ends[record], linesAfter[record], recordsBefore + record + 1).position();
  }
}
