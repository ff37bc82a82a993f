package dev.penstock.files;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The directory that a record belongs to, part by part: `env=dv/source=rooms/yr=2026/mo=11/dy=21`.
/// The methods add to it and return it. Dates are those of the record, in UTC: what is written late
/// still lies where it belongs.
public final class PartitionPath {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final String DATE = "yr=/mo=/dy=";
  private static final String HOUR = "hr=";
  private static final int LAST_YEAR = 9999;

  // values are kept as they came, since most paths are compared with the one before only
  private @Nullable String[] names = new @Nullable String[8];
  private @Nullable String[] texts = new @Nullable String[8];
  private long[] numbers = new long[8];
  private int size;

  PartitionPath() {}

  /// `env=…`
  public PartitionPath env(String value) {
    return part("env", value);
  }

  /// `source=…`
  public PartitionPath source(String value) {
    return part("source", value);
  }

  /// `subsrc=…`
  public PartitionPath subsource(String value) {
    return part("subsrc", value);
  }

  /// `kind=…`
  public PartitionPath kind(String value) {
    return part("kind", value);
  }

  /// `yr=2026/mo=11/dy=21`
  public PartitionPath date(LocalDate date) {
    return add(DATE, null, date.toEpochDay());
  }

  /// The date in UTC: `yr=2026/mo=11/dy=21`
  public PartitionPath date(Instant time) {
    return add(DATE, null, Math.floorDiv(time.getEpochSecond(), 86_400));
  }

  /// The date and the hour in UTC: `yr=2026/mo=11/dy=21/hr=07`
  public PartitionPath hour(Instant time) {
    return date(time).add(HOUR, null, Math.floorDiv(time.getEpochSecond(), 3_600) % 24);
  }

  /// `name=…`
  ///
  /// @param value letters, digits, `_`, `-`, and dots behind the first character
  public PartitionPath part(String name, String value) {
    return add(name, value, 0);
  }

  /// `name=…`
  public PartitionPath part(String name, long value) {
    return add(name, null, value);
  }

  private PartitionPath add(String name, @Nullable String text, long number) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    names[size] = name;
    texts[size] = text;
    numbers[size++] = number;
    return this;
  }

  void clear() {
    size = 0;
  }

  boolean isSame(PartitionPath other) {
    return size == other.size
        && Arrays.equals(numbers, 0, size, other.numbers, 0, size)
        && Arrays.equals(texts, 0, size, other.texts, 0, size)
        && Arrays.equals(names, 0, size, other.names, 0, size);
  }

  PartitionPath copy() {
    PartitionPath copy = new PartitionPath();
    copy.names = Arrays.copyOf(names, names.length);
    copy.texts = Arrays.copyOf(texts, texts.length);
    copy.numbers = Arrays.copyOf(numbers, numbers.length);
    copy.size = size;
    return copy;
  }

  /// The checked path, with a slash at its end.
  ///
  /// @throws IllegalArgumentException when a part cannot stand in one
  String directory() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < size; i++) {
      append(path, String.valueOf(names[i]), texts[i], numbers[i]);
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a partitioned path needs at least one part");
    }
    return path.toString();
  }

  private static void append(StringBuilder path, String name, @Nullable String text, long number) {
    if (name.equals(DATE)) {
      LocalDate date = LocalDate.ofEpochDay(number);
      if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
        throw new IllegalArgumentException(
            "the year of a partitioned path must be 1 to %d, was %d"
                .formatted(LAST_YEAR, date.getYear()));
      }
      path.append(
          "yr=%04d/mo=%02d/dy=%02d/"
              .formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
      return;
    }
    if (name.equals(HOUR)) {
      path.append("hr=%02d/".formatted(Math.floorMod(number, 24)));
      return;
    }
    String value = text == null ? Long.toString(number) : text;
    check("name", name, NAME);
    check("value of \"" + name + "\"", value, VALUE);
    if (path.indexOf(name + "=") == 0 || path.indexOf("/" + name + "=") >= 0) {
      throw new IllegalArgumentException(
          "a partitioned path must have each part once, \"%s\" is there twice".formatted(name));
    }
    path.append(name).append('=').append(value).append('/');
  }

  private static void check(String what, String text, Pattern legal) {
    if (!legal.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the %s in a partitioned path must match %s, was \"%s\"".formatted(what, legal, text));
    }
  }

  @Override
  public String toString() {
    return directory();
  }
}
