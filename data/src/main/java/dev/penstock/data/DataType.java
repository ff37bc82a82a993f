package dev.penstock.data;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The type of a column. A switch over it names every case, so that a new type does not compile
/// until each connector has an answer to it.
public sealed interface DataType {

  /// The type of values in Java; of a number, a boolean or a char the boxed class.
  Class<?> javaType();

  /// The type in a message, without an article: `int`, `date`, `list of decimal`.
  String describe();

  /// The data type of a Java type, primitive or not: `int.class`, or the generic type
  /// `List<String>`.
  ///
  /// @throws UnsupportedType when no column can hold it; the message says why
  static DataType of(Type type) {
    return JavaTypes.dataType(type);
  }

  /// The types without parameters.
  enum Scalar implements DataType {
    BOOLEAN(Boolean.class, "boolean"),
    BYTE(Byte.class, "byte"),
    SHORT(Short.class, "short"),
    INT(Integer.class, "int"),
    LONG(Long.class, "long"),
    FLOAT(Float.class, "float"),
    DOUBLE(Double.class, "double"),
    CHAR(Character.class, "char"),
    STRING(String.class, "string"),
    DATE(LocalDate.class, "date"),
    TIME(LocalTime.class, "time"),
    LOCAL_DATE_TIME(LocalDateTime.class, "local date-time"),
    INSTANT(Instant.class, "instant"),
    UUID(java.util.UUID.class, "UUID"),
    BINARY(byte[].class, "binary");

    private final Class<?> javaType;
    private final String description;

    Scalar(Class<?> javaType, String description) {
      this.javaType = javaType;
      this.description = description;
    }

    @Override
    public Class<?> javaType() {
      return javaType;
    }

    @Override
    public String describe() {
      return description;
    }
  }

  /// Exact decimal numbers.
  ///
  /// @param precision how many digits in all; 0 when it is not known
  /// @param scale how many of them after the point; 0 when the precision is not known
  record Decimal(int precision, int scale) implements DataType {
    /// Decimals of any size.
    public static final Decimal ANY = new Decimal(0, 0);

    public Decimal {
      if (precision < 0 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal wants 0 <= scale <= precision, was precision "
                + precision
                + ", scale "
                + scale);
      }
    }

    /// Whether precision and scale are known.
    public boolean specified() {
      return precision > 0;
    }

    @Override
    public Class<?> javaType() {
      return BigDecimal.class;
    }

    @Override
    public String describe() {
      return specified() ? "decimal(" + precision + ", " + scale + ")" : "decimal";
    }
  }

  /// The constants of a Java enum, by name.
  record Enumeration(Class<? extends Enum<?>> javaType) implements DataType {
    /// The names of the constants, in the order of their declaration.
    public List<String> names() {
      return Stream.of(javaType.getEnumConstants()).<String>map(Enum::name).toList();
    }

    @Override
    public String describe() {
      return javaType.getSimpleName()
          + names().stream().collect(Collectors.joining(", ", " (", ")"));
    }
  }

  /// A record within a record.
  record Nested(RecordType<?> record) implements DataType {
    @Override
    public Class<?> javaType() {
      return record.type();
    }

    @Override
    public String describe() {
      return "record " + record.type().getSimpleName();
    }
  }

  /// A list, whose elements may be null.
  record ListOf(DataType element) implements DataType {
    @Override
    public Class<?> javaType() {
      return List.class;
    }

    @Override
    public String describe() {
      return "list of " + element.describe();
    }
  }

  /// A map, whose values may be null.
  record MapOf(DataType key, DataType value) implements DataType {
    @Override
    public Class<?> javaType() {
      return Map.class;
    }

    @Override
    public String describe() {
      return "map of " + key.describe() + " to " + value.describe();
    }
  }
}
