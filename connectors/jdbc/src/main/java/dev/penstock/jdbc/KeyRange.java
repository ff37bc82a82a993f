package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Split;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A part of the rows of a table: those whose key is at least one number and less than another. The
/// first range has no lower bound, the last no upper one, so that ranges leave nothing out,
/// whatever lies between two whole numbers or was added since.
///
/// @param from the first key; null in the first range, to which the rows without a key belong as
///   well
/// @param before what follows the last key; null in the last range
record KeyRange(String column, @Nullable Long from, @Nullable Long before) {
  private static final Pattern ID =
      Pattern.compile("(.*) \\[(-?\\d*), (-?\\d*)\\)", Pattern.DOTALL);

  /// Ranges of about the same width over the keys that there are, at most so many.
  static List<KeyRange> between(String column, long min, long max, int parts) {
    List<KeyRange> ranges = new ArrayList<>();
    @Nullable Long from = null;
    for (long cut :
        IntStream.range(1, parts).mapToLong(i -> cut(min, max, parts, i)).distinct().toArray()) {
      if (cut > max) {
        break;
      }
      ranges.add(new KeyRange(column, from, cut));
      from = cut;
    }
    ranges.add(new KeyRange(column, from, null));
    return ranges;
  }

  /// One of exactly so many ranges, though some be empty.
  ///
  /// @param number from 1
  static KeyRange part(String column, long min, long max, int parts, int number) {
    return new KeyRange(
        column,
        number == 1 ? null : cut(min, max, parts, number - 1),
        number == parts ? null : cut(min, max, parts, number));
  }

  /// Where the first `count` of the parts end: always after the least key.
  private static long cut(long min, long max, int parts, int count) {
    BigInteger low = BigInteger.valueOf(min);
    BigInteger keys = BigInteger.valueOf(max).subtract(low).add(BigInteger.ONE);
    BigInteger[] width =
        keys.multiply(BigInteger.valueOf(count)).divideAndRemainder(BigInteger.valueOf(parts));
    BigInteger roundedUp = width[1].signum() > 0 ? width[0].add(BigInteger.ONE) : width[0];
    return low.add(roundedUp).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  Split split() {
    return new Split(
        "%s [%s, %s)".formatted(column, from == null ? "" : from, before == null ? "" : before));
  }

  static KeyRange of(Split split) {
    Matcher parts = ID.matcher(split.id());
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a range of keys: split " + split.id());
    }
    return new KeyRange(parts.group(1), bound(parts.group(2)), bound(parts.group(3)));
  }

  private static @Nullable Long bound(String text) {
    return text.isEmpty() ? null : Long.valueOf(text);
  }

  /// As a condition; the bounds are numbers and stand in it.
  String condition() {
    String key = Identifier.quote(column);
    if (from == null) {
      return before == null ? "1 = 1" : "(" + key + " < " + before + " OR " + key + " IS NULL)";
    }
    String least = key + " >= " + from;
    return before == null ? least : least + " AND " + key + " < " + before;
  }
}
