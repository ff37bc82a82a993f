package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.data.FieldSink;
import dev.penstock.data.Json;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes records as rows of `COPY … BINARY`. Used by one thread.
final class BinaryRows<T> implements FieldSink {
  private static final long EPOCH_SECOND =
      946_684_800; // 2000-01-01, where the server's clock starts
  private static final long EPOCH_DAY = EPOCH_SECOND / 86_400;
  private static final LocalDate FIRST_DATE = LocalDate.of(-4712, 1, 1);
  private static final LocalDate LAST_DATE = LocalDate.of(294_276, 12, 31);
  private static final long FIRST_SECOND = FIRST_DATE.toEpochDay() * 86_400;
  private static final long LAST_SECOND = (LAST_DATE.toEpochDay() + 1) * 86_400 - 1;

  private final LoadTarget<T> target;
  private final PgColumn[] columns;
  private final PgType[] types;
  private final boolean[] notNull;
  private final PgNumeric numeric = new PgNumeric();
  private RowBuffer to;

  BinaryRows(LoadTarget<T> target, List<PgColumn> columns, RowBuffer first) {
    this.target = target;
    this.columns = columns.toArray(PgColumn[]::new);
    this.types = columns.stream().map(PgColumn::type).toArray(PgType[]::new);
    this.notNull = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      notNull[i] = !target.column(i).nullable();
    }
    this.to = first;
  }

  RowBuffer buffer() {
    return to;
  }

  void buffer(RowBuffer next) {
    to = next;
  }

  /// Adds one row to the buffer, or nothing if a field does not fit.
  void write(T record) {
    int start = to.position();
    boolean whole = false;
    try {
      to.putShort(types.length);
      target.type().write(record, this);
      to.rows++;
      whole = true;
    } finally {
      if (!whole) {
        to.position(start);
      }
    }
  }

  @Override
  public void putNull(int column) {
    if (notNull[column]) {
      throw bad(column, "is NOT NULL in the table, the record has null");
    }
    to.putInt(-1);
  }

  @Override
  public void putBoolean(int column, boolean value) {
    to.putField((byte) (value ? 1 : 0));
  }

  @Override
  public void putByte(int column, byte value) {
    putShort(column, value);
  }

  @Override
  public void putShort(int column, short value) {
    if (types[column] == PgType.INT2) {
      to.putField(value);
    } else {
      putInt(column, value);
    }
  }

  @Override
  public void putInt(int column, int value) {
    PgType type = types[column];
    if (type == PgType.INT4) {
      to.putField(value);
    } else if (type == PgType.FLOAT8) {
      putDouble(column, value);
    } else {
      putLong(column, value);
    }
  }

  @Override
  public void putLong(int column, long value) {
    if (types[column] == PgType.INT8) {
      to.putField(value);
    } else {
      numeric.put(value, to);
    }
  }

  @Override
  public void putFloat(int column, float value) {
    if (types[column] == PgType.FLOAT4) {
      to.putField(Float.floatToRawIntBits(value));
    } else {
      putDouble(column, value);
    }
  }

  @Override
  public void putDouble(int column, double value) {
    to.putField(Double.doubleToRawLongBits(value));
  }

  @Override
  public void putObject(int column, Object value) {
    PgColumn wanted = columns[column];
    if (wanted.array()) {
      putArray(column, wanted.type(), (List<?>) value);
    } else {
      put(column, wanted.type(), value, target.dataType(column));
    }
  }

  private void put(int column, PgType type, Object value, DataType dataType) {
    switch (type) {
      case TEXT -> putText(column, text(value));
      case NUMERIC -> putDecimal(column, value);
      case TIMESTAMP -> {
        LocalDateTime time = (LocalDateTime) value;
        putTime(column, time.toEpochSecond(ZoneOffset.UTC), time.getNano(), value);
      }
      case TIMESTAMPTZ -> {
        Instant time = (Instant) value;
        putTime(column, time.getEpochSecond(), time.getNano(), value);
      }
      case DATE -> putDate(column, (LocalDate) value);
      case TIME -> to.putField(((LocalTime) value).toNanoOfDay() / 1000);
      case UUID -> {
        UUID id = (UUID) value;
        to.putInt(16);
        to.putRawLong(id.getMostSignificantBits());
        to.putRawLong(id.getLeastSignificantBits());
      }
      case BYTEA -> {
        byte[] bytes = (byte[]) value;
        to.putInt(bytes.length);
        to.putRaw(bytes);
      }
      case JSON -> putText(column, json(value, dataType));
      case JSONB -> putJsonb(column, json(value, dataType));
      case BOOL -> putBoolean(column, (Boolean) value);
      case INT2 -> to.putField(((Number) value).shortValue());
      case INT4 -> to.putField(((Number) value).intValue());
      case INT8 -> to.putField(((Number) value).longValue());
      case FLOAT4 -> to.putField(Float.floatToRawIntBits(((Number) value).floatValue()));
      case FLOAT8 -> to.putField(Double.doubleToRawLongBits(((Number) value).doubleValue()));
    }
  }

  private static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  /// A string is JSON text already.
  private static String json(Object value, DataType type) {
    return type == DataType.Scalar.STRING ? (String) value : Json.write(value, type);
  }

  private void putText(int column, String text) {
    int start = to.position();
    to.putInt(0);
    checkText(column, to.putUtf8(text));
    to.putLengthAt(start);
  }

  private void putJsonb(int column, String text) {
    int start = to.position();
    to.putInt(0);
    to.putRaw((byte) 1); // the version of the format
    checkText(column, to.putUtf8(text));
    to.putLengthAt(start);
  }

  private void checkText(int column, @Nullable String problem) {
    if (problem != null) {
      throw bad(column, problem);
    }
  }

  private void putDecimal(int column, Object value) {
    BigDecimal decimal =
        value instanceof BigDecimal exact
            ? exact
            : BigDecimal.valueOf(((Number) value).longValue());
    if (!numeric.put(decimal, to)) {
      throw bad(column, "cannot hold a number of so many digits");
    }
  }

  private void putTime(int column, long epochSecond, int nano, Object value) {
    if (epochSecond < FIRST_SECOND || epochSecond > LAST_SECOND) {
      throw bad(column, "takes times from " + FIRST_DATE + " to " + LAST_DATE + ", was " + value);
    }
    to.putField((epochSecond - EPOCH_SECOND) * 1_000_000 + nano / 1000);
  }

  private void putDate(int column, LocalDate date) {
    if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
      throw bad(column, "takes dates from " + FIRST_DATE + " to " + LAST_DATE + ", was " + date);
    }
    to.putField((int) (date.toEpochDay() - EPOCH_DAY));
  }

  private void putArray(int column, PgType type, List<?> values) {
    DataType element = ((DataType.ListOf) target.dataType(column)).element();
    int start = to.position();
    to.putInt(0);
    to.putInt(values.isEmpty() ? 0 : 1); // dimensions
    to.putInt(values.stream().anyMatch(v -> v == null) ? 1 : 0);
    to.putInt(type.oid);
    if (!values.isEmpty()) {
      to.putInt(values.size());
      to.putInt(1); // the index of the first
      for (Object value : values) {
        if (value == null) {
          to.putInt(-1);
        } else {
          put(column, type, value, element);
        }
      }
    }
    to.putLengthAt(start);
  }

  private BadValue bad(int column, String problem) {
    TableColumn named = target.column(column);
    return new BadValue(named.name(), problem);
  }
}
