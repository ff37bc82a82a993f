package dev.penstock.files.parquet;

import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.parquet.io.api.Binary;

/// How the values of a data type are stored: in which of Parquet's own types, and made by which
/// function.
///
/// @param kind the primitive that holds the value, or OBJECT for bytes
/// @param number makes the number; used for all kinds but OBJECT and the types that need no
///   conversion
/// @param bytes makes the bytes
record Physical(Batch.Kind kind, ToLongFunction<Object> number, Function<Object, Binary> bytes) {
  private static final long MICROS = 1_000_000;

  /// The storage of a type that is not nested.
  static Physical of(DataType type) {
    return switch (type) {
      case Scalar scalar -> of(scalar);
      case Decimal decimal -> decimal(decimal.specified() ? decimal : FileSchema.ANY_DECIMAL);
      case Enumeration _ -> bytes(value -> text(((Enum<?>) value).name()));
      case Nested _, ListOf _, MapOf _ -> throw new IllegalArgumentException("nested: " + type);
    };
  }

  private static Physical of(Scalar type) {
    return switch (type) {
      case BOOLEAN -> number(Batch.Kind.BOOLEAN, value -> (Boolean) value ? 1 : 0);
      case BYTE, SHORT, INT -> number(Batch.Kind.INT, value -> ((Number) value).longValue());
      case LONG -> number(Batch.Kind.LONG, value -> (Long) value);
      case FLOAT -> number(Batch.Kind.FLOAT, value -> Float.floatToRawIntBits((Float) value));
      case DOUBLE -> number(Batch.Kind.DOUBLE, value -> Double.doubleToRawLongBits((Double) value));
      case CHAR, STRING -> bytes(value -> text(value.toString()));
      case DATE ->
          number(Batch.Kind.INT, value -> Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIME -> number(Batch.Kind.LONG, value -> ((LocalTime) value).toNanoOfDay());
      case LOCAL_DATE_TIME -> number(Batch.Kind.LONG, value -> micros((LocalDateTime) value));
      case INSTANT -> number(Batch.Kind.LONG, value -> micros((Instant) value));
      case UUID -> bytes(value -> uuid((UUID) value));
      case BINARY -> bytes(value -> Binary.fromConstantByteArray(((byte[]) value).clone()));
    };
  }

  private static Physical number(Batch.Kind kind, ToLongFunction<Object> make) {
    return new Physical(
        kind,
        make,
        _ -> {
          throw new IllegalStateException("a number, not bytes");
        });
  }

  private static Physical bytes(Function<Object, Binary> make) {
    return new Physical(
        Batch.Kind.OBJECT,
        _ -> {
          throw new IllegalStateException("bytes, not a number");
        },
        make);
  }

  /// Over an array: the library's own for texts compares and hashes buffers byte by byte.
  private static Binary text(String value) {
    return Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8));
  }

  private static long micros(LocalDateTime time) {
    return micros(time.toInstant(ZoneOffset.UTC));
  }

  /// Rounds down to a microsecond.
  private static long micros(Instant time) {
    long seconds = Math.multiplyExact(time.getEpochSecond(), MICROS);
    return Math.addExact(seconds, time.getNano() / 1_000);
  }

  private static Binary uuid(UUID value) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    return Binary.fromConstantByteArray(bytes.array());
  }

  private static Physical decimal(Decimal type) {
    if (type.precision() <= 18) {
      Batch.Kind kind = type.precision() <= 9 ? Batch.Kind.INT : Batch.Kind.LONG;
      return number(kind, value -> unscaled((BigDecimal) value, type).longValueExact());
    }
    int length = DecimalBytes.length(type.precision());
    return bytes(value ->
        Binary.fromConstantByteArray(DecimalBytes.of(unscaled((BigDecimal) value, type), length)));
  }

  private static BigInteger unscaled(BigDecimal value, Decimal type) {
    BigDecimal scaled;
    try {
      scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw unfit(value, type);
    }
    if (scaled.precision() > type.precision()) {
      throw unfit(value, type);
    }
    return scaled.unscaledValue();
  }

  private static ArithmeticException unfit(BigDecimal value, Decimal type) {
    return new ArithmeticException(
        "%s does not fit decimal(%d, %d)"
            .formatted(value.toPlainString(), type.precision(), type.scale()));
  }
}
