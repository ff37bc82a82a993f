package dev.penstock.files;

import dev.penstock.pipeline.connector.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in a text file a record begins.
///
/// @param offset in bytes of the uncompressed text
/// @param line counted from 1
/// @param record how many records are before it
record TextPlace(long offset, long line, long record) {
  static final TextPlace START = new TextPlace(0, 1, 0);

  private static final Pattern TOKEN = Pattern.compile("record=(\\d+) line=(\\d+) byte=(\\d+)");

  static TextPlace of(Position position) {
    Matcher token = TOKEN.matcher(position.text());
    if (!token.matches()) {
      throw new IllegalArgumentException("not a position in a text file: " + position.text());
    }
    return new TextPlace(
        Long.parseLong(token.group(3)),
        Long.parseLong(token.group(2)),
        Long.parseLong(token.group(1)));
  }

  Position position() {
    return Position.of("record=" + record + " line=" + line + " byte=" + offset);
  }
}
