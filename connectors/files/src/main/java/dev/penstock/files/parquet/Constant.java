package dev.penstock.files.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The constant of a comparison, ready to be compared with the values of one column.
final class Constant {
  private final Object value;
  private final @Nullable BigDecimal number;
  private final boolean exactDouble;
  private final double asDouble;
  private final boolean exactLong;
  private final long asLong;

  Constant(Object value) {
    this.value = value;
    this.number = decimal(value);
    this.asDouble = number == null ? 0 : number.doubleValue();
    this.exactDouble = number != null && new BigDecimal(asDouble).compareTo(number) == 0;
    this.asLong = number == null ? 0 : number.longValue();
    this.exactLong = number != null && BigDecimal.valueOf(asLong).compareTo(number) == 0;
  }

  private static @Nullable BigDecimal decimal(Object value) {
    return switch (value) {
      case BigDecimal d -> d;
      case BigInteger i -> new BigDecimal(i);
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      case Number n -> BigDecimal.valueOf(n.longValue());
      default -> null;
    };
  }

  /// Whether values of this class compare with the constant.
  boolean compares(Class<?> type) {
    return number != null ? Number.class.isAssignableFrom(type) : type == value.getClass();
  }

  /// How a value compares with the constant: below 0, 0, or above.
  @SuppressWarnings("unchecked") // both are of the same class, which compares with itself
  int compare(Object with) {
    return switch (with) {
      case Double d when exactDouble -> compare((double) d, asDouble);
      case Float f when exactDouble -> compare((double) f, asDouble);
      case Long l when exactLong -> Long.compare(l, asLong);
      case Integer i when exactLong -> Long.compare(i, asLong);
      case Number _ when number != null -> infinite(with);
      case String s -> Texts.compare(s, (String) value);
      case UUID u -> unsigned(u, (UUID) value);
      default -> ((Comparable<Object>) with).compareTo(value);
    };
  }

  private int infinite(Object with) {
    if (with instanceof Double d && d.isInfinite()) {
      return d > 0 ? 1 : -1;
    }
    if (with instanceof Float f && f.isInfinite()) {
      return f > 0 ? 1 : -1;
    }
    BigDecimal decimal = decimal(with);
    return decimal == null || number == null ? 1 : decimal.compareTo(number);
  }

  /// Zeros of both signs are equal.
  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /// In the order of the text and of the statistics; Java's own order of UUIDs is that of signed
  /// numbers.
  private static int unsigned(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  static boolean isNaN(Object value) {
    return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
  }
}
