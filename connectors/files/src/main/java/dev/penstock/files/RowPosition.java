package dev.penstock.files;

import dev.penstock.pipeline.connector.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Positions in files of rows: how many rows have been read, whether a filter let them through or
/// not.
final class RowPosition {
  private static final Pattern TOKEN = Pattern.compile("row=(\\d{1,18})");

  private RowPosition() {}

  static Position of(long rows) {
    return Position.of("row=" + rows);
  }

  /// The number of rows to pass over.
  static long row(Position position, DataFile file, long rows) {
    Matcher token = TOKEN.matcher(position.text());
    if (!token.matches() || Long.parseLong(token.group(1)) > rows) {
      throw new IllegalArgumentException(
          "not a position in %s, which has %d rows: %s"
              .formatted(file.shown(), rows, position.text()));
    }
    return Long.parseLong(token.group(1));
  }
}
