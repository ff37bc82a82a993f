package dev.penstock.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A record without a record class: values by the names of columns, in order. Immutable, as far as
/// its values are; all rows of a file share one [Schema].
///
/// The getters convert: a CSV file knows only strings, and `row.integer("LocationID")` reads the
/// number in one. They fail with [BadText] when the value is something else, and those of
/// primitives also when it is null.
public final class Row {
  private final Schema schema;
  private final @Nullable Object[] values;

  private Row(Schema schema, @Nullable Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  /// A row of these values, each in the Java type of its column, or null.
  public static Row of(Schema schema, @Nullable Object... values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          "a row needs a value for each of its %d columns, was given %d"
              .formatted(schema.size(), values.length));
    }
    return new Row(schema, values.clone());
  }

  public Schema schema() {
    return schema;
  }

  public List<@Nullable Object> values() {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(value);
    }
    return Collections.unmodifiableList(list);
  }

  /// The value in a column, by its number from 0.
  public @Nullable Object get(int column) {
    return values[column];
  }

  /// The value in a column, as it is.
  ///
  /// @throws IllegalArgumentException when there is no such column
  public @Nullable Object get(String name) {
    return values[column(name)];
  }

  /// The value in a column as `wanted`, or null; a text is parsed, a number is converted if nothing
  /// gets lost.
  public <V> @Nullable V get(String name, Class<V> wanted) {
    int column = column(name);
    Object value = values[column];
    if (value == null || wanted.isInstance(value)) {
      return wanted.cast(value);
    }
    DataType type = DataType.of(wanted);
    try {
      String text = TextFormat.format(value, schema.column(column).type());
      return wanted.cast(TextParser.parse(text, type));
    } catch (BadText e) {
      throw new BadText(e.text(), e.wanted() + ", in column \"" + name + "\"");
    }
  }

  private <V> V present(String name, Class<V> wanted) {
    V value = get(name, wanted);
    if (value == null) {
      throw new NullPointerException("column \"" + name + "\" is null");
    }
    return value;
  }

  public @Nullable String text(String name) {
    return get(name, String.class);
  }

  public boolean bool(String name) {
    return present(name, Boolean.class);
  }

  public int integer(String name) {
    return present(name, Integer.class);
  }

  public long longInteger(String name) {
    return present(name, Long.class);
  }

  public double number(String name) {
    return present(name, Double.class);
  }

  public @Nullable BigDecimal decimal(String name) {
    return get(name, BigDecimal.class);
  }

  public @Nullable LocalDate date(String name) {
    return get(name, LocalDate.class);
  }

  public @Nullable LocalDateTime dateTime(String name) {
    return get(name, LocalDateTime.class);
  }

  public @Nullable Instant instant(String name) {
    return get(name, Instant.class);
  }

  private int column(String name) {
    int column = schema.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "there is no column \"%s\" in %s%s"
              .formatted(name, schema.names(), DidYouMean.hint(name, schema.names())));
    }
    return column;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Row other
        && schema.names().equals(other.schema.names())
        && Arrays.deepEquals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  /// `Row[id=1, name=EWR]`.
  @Override
  public String toString() {
    StringJoiner fields = new StringJoiner(", ", "Row[", "]");
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      String text = value == null ? "null" : TextFormat.format(value, schema.column(i).type());
      fields.add(schema.column(i).name() + "=" + text);
    }
    return fields.toString();
  }
}
