package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.FieldSource;
import dev.penstock.data.Json;
import dev.penstock.data.Schema;
import dev.penstock.data.TextParser;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row of a result as the fields of a record.
final class ResultFields implements FieldSource {
  private final ResultSet rows;
  private final Schema schema;
  private final int[] indexes;
  private final boolean timesAreTexts;
  private long whole;
  private double real;

  /// @param schema the columns as they are wanted
  /// @param indexes for each of them, where it is in the result, from 0
  /// @param timesAreTexts whether the database has no types for dates and exact numbers
  ResultFields(ResultSet rows, Schema schema, int[] indexes, boolean timesAreTexts) {
    this.rows = rows;
    this.schema = schema;
    this.indexes = indexes;
    this.timesAreTexts = timesAreTexts;
  }

  private interface Getter<V extends @Nullable Object> {
    V get(int index) throws SQLException;
  }

  private <V extends @Nullable Object> V read(int column, Getter<V> getter) {
    try {
      return getter.get(indexes[column] + 1);
    } catch (SQLException | RuntimeException e) {
      throw new BadValue(
          schema.column(column).name(),
          "cannot be read as %s: %s"
              .formatted(schema.column(column).type().describe(), e.getMessage()));
    }
  }

  @Override
  public boolean isNull(int column) {
    return read(
        column,
        index -> {
          switch (schema.column(column).type()) {
            case Scalar.BYTE, Scalar.SHORT, Scalar.INT, Scalar.LONG -> whole = rows.getLong(index);
            case Scalar.FLOAT, Scalar.DOUBLE -> real = rows.getDouble(index);
            default -> rows.getObject(index);
          }
          return rows.wasNull();
        });
  }

  private long whole(int column) {
    if (!schema.column(column).nullable()) {
      whole = read(column, rows::getLong);
      refuseNull(column);
    }
    return whole;
  }

  private double real(int column) {
    if (!schema.column(column).nullable()) {
      real = read(column, rows::getDouble);
      refuseNull(column);
    }
    return real;
  }

  private void refuseNull(int column) {
    if (read(column, _ -> rows.wasNull())) {
      throw new BadValue(
          schema.column(column).name(),
          "is null, the record has " + schema.column(column).type().describe());
    }
  }

  private long within(int column, long min, long max) {
    long value = whole(column);
    if (value < min || value > max) {
      throw new BadValue(
          schema.column(column).name(),
          "is too large for %s: %d".formatted(schema.column(column).type().describe(), value));
    }
    return value;
  }

  @Override
  public boolean getBoolean(int column) {
    boolean value = read(column, rows::getBoolean);
    if (!schema.column(column).nullable()) {
      refuseNull(column);
    }
    return value;
  }

  @Override
  public byte getByte(int column) {
    return (byte) within(column, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public short getShort(int column) {
    return (short) within(column, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public int getInt(int column) {
    return (int) within(column, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public long getLong(int column) {
    return whole(column);
  }

  @Override
  public float getFloat(int column) {
    return (float) real(column);
  }

  @Override
  public double getDouble(int column) {
    return real(column);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return value(column, schema.column(column).type());
  }

  /// The value in the Java type of the data type.
  @Nullable Object value(int column, DataType type) {
    return this.<@Nullable Object>read(column, index -> value(index, column, type));
  }

  private @Nullable Object value(int index, int column, DataType type) throws SQLException {
    return switch (type) {
      case Scalar scalar -> scalar(index, column, scalar);
      case DataType.Decimal _ -> decimal(index);
      case DataType.Enumeration _ -> parsed(rows.getString(index), type);
      case DataType.Nested _, DataType.MapOf _ -> json(rows.getString(index), type);
      case DataType.ListOf list -> list(rows.getObject(index), list);
    };
  }

  private @Nullable Object scalar(int index, int column, Scalar scalar) throws SQLException {
    return switch (scalar) {
      case BOOLEAN -> orNull(rows.getBoolean(index));
      case BYTE, SHORT, INT, LONG -> boxed(orNull(rows.getLong(index)), scalar);
      case FLOAT -> orNull(rows.getFloat(index));
      case DOUBLE -> orNull(rows.getDouble(index));
      case CHAR -> parsed(rows.getString(index), scalar);
      case STRING -> rows.getString(index);
      case BINARY -> rows.getBytes(index);
      case UUID -> {
        Object value = rows.getObject(index);
        yield value instanceof UUID || value == null ? value : parsed(value.toString(), scalar);
      }
      case DATE, TIME, LOCAL_DATE_TIME, INSTANT ->
          timesAreTexts ? parsed(rows.getString(index), scalar) : time(index, column, scalar);
    };
  }

  private @Nullable Object time(int index, int column, Scalar scalar) throws SQLException {
    Object value =
        switch (scalar) {
          case DATE -> rows.getObject(index, LocalDate.class);
          case TIME -> rows.getObject(index, LocalTime.class);
          case LOCAL_DATE_TIME -> rows.getObject(index, LocalDateTime.class);
          default -> rows.getObject(index, OffsetDateTime.class);
        };
    boolean infinite =
        LocalDate.MAX.equals(value)
            || LocalDate.MIN.equals(value)
            || LocalDateTime.MAX.equals(value)
            || LocalDateTime.MIN.equals(value)
            || OffsetDateTime.MAX.equals(value)
            || OffsetDateTime.MIN.equals(value);
    if (infinite) {
      throw new IllegalArgumentException("is infinite");
    }
    return value instanceof OffsetDateTime at ? at.toInstant() : value;
  }

  private <V> @Nullable V orNull(V value) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object boxed(@Nullable Long value, Scalar scalar) {
    if (value == null) {
      return null;
    }
    return switch (scalar) {
      case BYTE -> value.byteValue();
      case SHORT -> value.shortValue();
      case INT -> value.intValue();
      default -> value;
    };
  }

  private @Nullable Object decimal(int index) throws SQLException {
    if (timesAreTexts) {
      return parsed(rows.getString(index), DataType.Decimal.ANY);
    }
    BigDecimal value = rows.getBigDecimal(index);
    return value;
  }

  private static @Nullable Object parsed(@Nullable String text, DataType type) {
    return text == null ? null : TextParser.parse(text, type);
  }

  private static @Nullable Object json(@Nullable String text, DataType type) {
    return text == null ? null : Json.parse(text, type);
  }

  private static @Nullable Object list(@Nullable Object value, DataType.ListOf type)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (!(value instanceof java.sql.Array array)) {
      return Json.parse(value.toString(), type);
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : Arrays.asList((Object[]) array.getArray())) {
      boolean same = element == null || type.element().javaType().isInstance(element);
      list.add(same ? element : TextParser.parse(element.toString(), type.element()));
    }
    return list;
  }
}
