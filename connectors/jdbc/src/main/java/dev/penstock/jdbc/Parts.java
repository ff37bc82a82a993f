package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.run.PlanRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a table is parted that is read in ranges and can be read on later: by the keys that there
/// were when it was read first. Every position tells it, so that each later run parts the table in
/// the same way, whatever was added since; that is in the last part.
///
/// @param min the least key that there was
/// @param max the greatest
/// @param count how many parts
record Parts(String column, long min, long max, int count) {
  private static final Pattern POSITION =
      Pattern.compile("(.*) in (-?\\d+)\\.\\.(-?\\d+) by (\\d+)", Pattern.DOTALL);

  /// @param number from 1
  KeyRange range(int number) {
    return KeyRange.part(column, min, max, count, number);
  }

  /// What follows the key in a position.
  String suffix() {
    return " in %d..%d by %d".formatted(min, max, count);
  }

  private static Matcher read(Position position) {
    Matcher read = POSITION.matcher(position.text());
    if (!read.matches()) {
      throw new IllegalArgumentException(
          "not a position in a part of a table: \"" + position.text() + "\"");
    }
    return read;
  }

  static String key(Position position) {
    return read(position).group(1);
  }

  /// The parts that a position tells of.
  ///
  /// @throws PlanRefused when they are not as many as are wanted now
  static Parts of(Position position, String column, int wanted) {
    Matcher read = read(position);
    int count = Integer.parseInt(read.group(4));
    if (count != wanted) {
      throw new PlanRefused(
          "the table was read in %d ranges up to here and cannot be read on in %d: say splitBy(\"%s\", %1$d)"
              .formatted(count, wanted, column));
    }
    return new Parts(column, Long.parseLong(read.group(2)), Long.parseLong(read.group(3)), count);
  }
}
