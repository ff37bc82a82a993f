package dev.penstock.files.parquet;

import dev.penstock.data.BadText;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/// How one physical value becomes a value of a data type; null where no value of the file's type
/// can.
///
/// Numbers become each other wherever that keeps the value: the check is made value by value. Texts
/// are strings, enum constants, UUIDs and chars. A timestamp adjusted to UTC is an instant, and
/// also a local date-time, which is then that of UTC; one that is not adjusted is no instant,
/// because its zone is unknown.
final class Conversions {
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;
  private static final long JULIAN_EPOCH_DAY = 2_440_588;

  private Conversions() {}

  static @Nullable IntFunction<Object> ofInt(PrimitiveType from, DataType to) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (logical instanceof DateLogicalTypeAnnotation) {
      return to == Scalar.DATE ? LocalDate::ofEpochDay : null;
    }
    LongFunction<Object> wide = ofLong(from, to);
    if (wide == null) {
      return null;
    }
    return FileTypes.isUnsigned(from)
        ? v -> wide.apply(Integer.toUnsignedLong(v))
        : v -> wide.apply(v);
  }

  static @Nullable LongFunction<Object> ofLong(PrimitiveType from, DataType to) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (logical instanceof TimestampLogicalTypeAnnotation t) {
      return timestamp(t.getUnit(), t.isAdjustedToUTC(), to);
    }
    if (logical instanceof TimeLogicalTypeAnnotation t) {
      long nanos = nanos(t.getUnit());
      return to == Scalar.TIME ? v -> LocalTime.ofNanoOfDay(Math.multiplyExact(v, nanos)) : null;
    }
    if (logical instanceof DecimalLogicalTypeAnnotation d) {
      return to instanceof Decimal ? v -> BigDecimal.valueOf(v, d.getScale()) : null;
    }
    return FileTypes.isInteger(from) ? number(to, unsignedLong(from)) : null;
  }

  private static boolean unsignedLong(PrimitiveType from) {
    return FileTypes.isUnsigned(from) && from.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
  }

  private static @Nullable LongFunction<Object> number(DataType to, boolean unsigned) {
    if (to instanceof Decimal) {
      return unsigned ? v -> new BigDecimal(Long.toUnsignedString(v)) : BigDecimal::valueOf;
    }
    if (unsigned) {
      LongFunction<Object> signed = number(to, false);
      return signed == null
          ? null
          : v -> {
            if (v < 0) {
              throw Exact.refused(Long.toUnsignedString(v), article(to));
            }
            return signed.apply(v);
          };
    }
    return switch (to) {
      case Scalar.LONG -> v -> v;
      case Scalar.INT, Scalar.SHORT, Scalar.BYTE -> {
        Range range = Range.of((Scalar) to);
        yield v -> range.box(Exact.inRange(v, range.min(), range.max(), article(to)));
      }
      case Scalar.DOUBLE -> v -> Exact.toDouble(v);
      case Scalar.FLOAT -> v -> Exact.toFloat(v);
      case Scalar _, Decimal _, Enumeration _, Nested _, ListOf _, MapOf _ -> null;
    };
  }

  /// The whole numbers of a type.
  record Range(Scalar type, long min, long max) {
    static Range of(Scalar type) {
      return switch (type) {
        case BYTE -> new Range(type, Byte.MIN_VALUE, Byte.MAX_VALUE);
        case SHORT -> new Range(type, Short.MIN_VALUE, Short.MAX_VALUE);
        case INT -> new Range(type, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> new Range(type, Long.MIN_VALUE, Long.MAX_VALUE);
        case BOOLEAN,
            FLOAT,
            DOUBLE,
            CHAR,
            STRING,
            DATE,
            TIME,
            LOCAL_DATE_TIME,
            INSTANT,
            UUID,
            BINARY ->
            throw new IllegalArgumentException(type + " has no range");
      };
    }

    String wanted() {
      return article(type);
    }

    Object box(long value) {
      return switch (type) {
        case BYTE -> (Object) (byte) value;
        case SHORT -> (short) value;
        case INT -> (int) value;
        case LONG,
            BOOLEAN,
            FLOAT,
            DOUBLE,
            CHAR,
            STRING,
            DATE,
            TIME,
            LOCAL_DATE_TIME,
            INSTANT,
            UUID,
            BINARY ->
            value;
      };
    }
  }

  static @Nullable DoubleFunction<Object> ofDouble(DataType to, boolean isFloat) {
    return switch (to) {
      case Scalar.DOUBLE -> v -> v;
      case Scalar.FLOAT -> isFloat ? v -> (float) v : null;
      case Scalar.LONG, Scalar.INT, Scalar.SHORT, Scalar.BYTE -> {
        Range range = Range.of((Scalar) to);
        yield v -> range.box(Exact.toLong(v, range.min(), range.max(), range.wanted()));
      }
      case Scalar _, Decimal _, Enumeration _, Nested _, ListOf _, MapOf _ -> null;
    };
  }

  static @Nullable FromBytes ofBytes(PrimitiveType from, DataType to) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (from.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return int96(to);
    }
    return switch (logical) {
      case StringLogicalTypeAnnotation _,
          EnumLogicalTypeAnnotation _,
          JsonLogicalTypeAnnotation _ ->
          text(to);
      case DecimalLogicalTypeAnnotation d ->
          to instanceof Decimal ? (bytes, at, end) -> decimal(bytes, at, end, d.getScale()) : null;
      case UUIDLogicalTypeAnnotation _ -> to == Scalar.UUID ? Conversions::uuid : null;
      case Float16LogicalTypeAnnotation _ ->
          to == Scalar.FLOAT
              ? (bytes, at, _) ->
                  Float.float16ToFloat((short) ((bytes[at] & 0xff) | (bytes[at + 1] << 8)))
              : null;
      case BsonLogicalTypeAnnotation _, IntervalLogicalTypeAnnotation _ -> binary(to);
      case null, default -> to == Scalar.BINARY ? binary(to) : text(to);
    };
  }

  private static @Nullable FromBytes binary(DataType to) {
    return to == Scalar.BINARY ? Arrays::copyOfRange : null;
  }

  private static @Nullable FromBytes text(DataType to) {
    return switch (to) {
      case Scalar.STRING -> Texts::decode;
      case Scalar.CHAR -> (bytes, at, end) -> character(Texts.decode(bytes, at, end));
      case Scalar.UUID -> (bytes, at, end) -> uuid(Texts.decode(bytes, at, end));
      case Enumeration e -> constants(e);
      case Scalar _, Decimal _, Nested _, ListOf _, MapOf _ -> null;
    };
  }

  private static Object uuid(String text) {
    try {
      return java.util.UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new BadText(text, "a UUID");
    }
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw new BadText(text, "a single char");
    }
    return text.charAt(0);
  }

  private static FromBytes constants(Enumeration type) {
    Map<String, Object> byName = new HashMap<>();
    for (Enum<?> constant : type.javaType().getEnumConstants()) {
      byName.put(constant.name(), constant);
    }
    return (bytes, at, end) -> {
      String name = Texts.decode(bytes, at, end);
      Object constant = byName.get(name);
      if (constant == null) {
        throw new BadText(name, "a " + type.describe());
      }
      return constant;
    };
  }

  private static Object decimal(byte[] bytes, int at, int end, int scale) {
    int length = end - at;
    return length > 0 && length <= 8
        ? BigDecimal.valueOf(Bytes.bigEndian(bytes, at, length), scale)
        : new BigDecimal(new BigInteger(bytes, at, length), scale);
  }

  private static Object uuid(byte[] bytes, int at, int end) {
    return new java.util.UUID(Bytes.bigEndian(bytes, at, 8), Bytes.bigEndian(bytes, at + 8, 8));
  }

  /// Nanoseconds of the day, then the Julian day: how timestamps were kept before there was a type
  /// for them.
  private static @Nullable FromBytes int96(DataType to) {
    if (to == Scalar.INSTANT) {
      return (bytes, at, _) ->
          Instant.ofEpochSecond(int96Day(bytes, at) * 86_400, Bytes.longAt(bytes, at));
    }
    if (to == Scalar.LOCAL_DATE_TIME) {
      return (bytes, at, _) ->
          LocalDate.ofEpochDay(int96Day(bytes, at))
              .atStartOfDay()
              .plusNanos(Bytes.longAt(bytes, at));
    }
    return null;
  }

  private static long int96Day(byte[] bytes, int at) {
    return Bytes.intAt(bytes, at + 8) - JULIAN_EPOCH_DAY;
  }

  private static @Nullable LongFunction<Object> timestamp(TimeUnit unit, boolean utc, DataType to) {
    if (to == Scalar.INSTANT && utc) {
      return switch (unit) {
        case MILLIS -> Instant::ofEpochMilli;
        case MICROS ->
            v -> Instant.ofEpochSecond(Math.floorDiv(v, MICROS), Math.floorMod(v, MICROS) * 1_000);
        case NANOS -> v -> Instant.ofEpochSecond(Math.floorDiv(v, NANOS), Math.floorMod(v, NANOS));
      };
    }
    if (to == Scalar.LOCAL_DATE_TIME) {
      return switch (unit) {
        case MILLIS -> v -> local(v, 1_000);
        case MICROS -> Conversions::localOfMicros;
        case NANOS -> v -> local(v, NANOS);
      };
    }
    return null;
  }

  private static LocalDateTime local(long value, long perSecond) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, perSecond),
        (int) (Math.floorMod(value, perSecond) * (NANOS / perSecond)),
        ZoneOffset.UTC);
  }

  static LocalDateTime localOfMicros(long micros) {
    return local(micros, MICROS);
  }

  static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }

  static String article(DataType type) {
    String name = type.describe();
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }
}
