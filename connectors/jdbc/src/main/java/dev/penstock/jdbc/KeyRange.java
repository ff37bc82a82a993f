package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of the rows of a table: those whose key lies between two numbers, both of them included.
///
/// @param withNull whether the rows without a key belong to it as well
record KeyRange(String column, long first, long last, boolean withNull) {
  private static final Pattern ID = Pattern.compile("(.*) (-?\\d+)\\.\\.(-?\\d+)( or null)?");

  /// At most `parts` ranges of about the same width that cover everything between the bounds.
  static List<KeyRange> between(String column, long min, long max, int parts) {
    List<KeyRange> ranges = new ArrayList<>();
    long width = Math.max(1, Math.ceilDiv(Math.addExact(Math.subtractExact(max, min), 1), parts));
    for (long from = min; from <= max; from += width) {
      long to = Math.min(max, from + width - 1);
      ranges.add(new KeyRange(column, from, to, ranges.isEmpty()));
      if (to == max) {
        break;
      }
    }
    return ranges;
  }

  Split split() {
    return new Split(column + " " + first + ".." + last + (withNull ? " or null" : ""));
  }

  static KeyRange of(Split split) {
    Matcher parts = ID.matcher(split.id());
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a range of keys: split " + split.id());
    }
    return new KeyRange(
        parts.group(1),
        Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)),
        parts.group(4) != null);
  }

  /// As a condition; the bounds are numbers and stand in it.
  String condition() {
    String key = Identifier.quote(column);
    String between = key + " BETWEEN " + first + " AND " + last;
    return withNull ? "(" + between + " OR " + key + " IS NULL)" : between;
  }
}
