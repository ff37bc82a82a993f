package dev.penstock.files.parquet;

import dev.penstock.data.DataType;
import java.util.Objects;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/// A bound of a row group's statistics as a value of its column's data type.
final class StatisticValue {
  private StatisticValue() {}

  static Object of(PrimitiveType type, DataType to, Object physical) {
    return switch (physical) {
      case Integer i -> Objects.requireNonNull(Conversions.ofInt(type, to)).apply(i);
      case Long l -> Objects.requireNonNull(Conversions.ofLong(type, to)).apply(l);
      case Float f -> f;
      case Double d -> d;
      case Boolean b -> b;
      case Binary b -> {
        byte[] bytes = b.getBytes();
        yield Objects.requireNonNull(Conversions.ofBytes(type, to)).make(bytes, 0, bytes.length);
      }
      default -> throw new IllegalArgumentException("no bound: " + physical);
    };
  }
}
