package dev.penstock.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of data.
///
/// @param bytes 0 or more
public record DataSize(long bytes) implements Serializable, Comparable<DataSize> {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)?", Pattern.CASE_INSENSITIVE);

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a data size must be at least 0 bytes, was " + bytes);
    }
  }

  public static DataSize bytes(long count) {
    return new DataSize(count);
  }

  /// `count` times 1,024 bytes.
  public static DataSize kibibytes(long count) {
    return new DataSize(Math.multiplyExact(count, 1L << 10));
  }

  /// `count` times 1,048,576 bytes.
  public static DataSize mebibytes(long count) {
    return new DataSize(Math.multiplyExact(count, 1L << 20));
  }

  /// `count` times 1,073,741,824 bytes.
  public static DataSize gibibytes(long count) {
    return new DataSize(Math.multiplyExact(count, 1L << 30));
  }

  /// Reads `64 MiB`, `64MiB` or `67108864`.
  ///
  /// @throws BadText when the text is something else
  public static DataSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new BadText(text, "a data size like 64MiB");
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
    long count = Long.parseLong(matcher.group(1));
    int power = "bkmgt".indexOf(unit.charAt(0));
    try {
      return new DataSize(Math.multiplyExact(count, 1L << (10 * power)));
    } catch (ArithmeticException e) {
      throw new BadText(text, "a data size below 8 EiB");
    }
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /// In the largest unit that shows it exactly: `64MiB`, `1500B`.
  @Override
  public String toString() {
    int power = bytes == 0 ? 0 : Math.min(4, Long.numberOfTrailingZeros(bytes) / 10);
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    return (bytes >> (10 * power)) + units[power];
  }
}
