package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes values to a generator, such that [JsonReader] reads the same values. For one thread.
final class JsonWriter {
  private final JsonGenerator out;

  JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  void flush() {
    out.flush();
  }

  void value(@Nullable Object value, DataType type) {
    if (value == null) {
      out.writeNull();
      return;
    }
    switch (type) {
      case Scalar scalar -> scalar(value, scalar);
      case Decimal _ -> out.writeNumber((BigDecimal) value);
      case Enumeration _ -> out.writeString(TextFormat.format(value, type));
      case Nested nested -> record(value, nested.record());
      case ListOf list -> {
        out.writeStartArray();
        for (Object element : (List<?>) value) {
          value(element, list.element());
        }
        out.writeEndArray();
      }
      case MapOf map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          out.writeName(TextFormat.format(entry.getKey(), map.key()));
          value(entry.getValue(), map.value());
        }
        out.writeEndObject();
      }
    }
  }

  private void scalar(Object value, Scalar type) {
    switch (type) {
      case BOOLEAN -> out.writeBoolean((boolean) value);
      case BYTE, SHORT, INT, LONG -> out.writeNumber(((Number) value).longValue());
      case FLOAT -> number((float) value);
      case DOUBLE -> number((double) value);
      case CHAR, STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY ->
          out.writeString(TextFormat.format(value, type));
    }
  }

  /// JSON has no number for what is not finite: `"NaN"`, `"Infinity"`.
  private void number(float value) {
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Float.toString(value));
    }
  }

  private void number(double value) {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  @SuppressWarnings("unchecked") // the column's type says that the value is a record of this type
  private void record(Object record, RecordType<?> type) {
    write(record, (RecordType<Object>) type);
  }

  <T> void write(T record, RecordType<T> type) {
    out.writeStartObject();
    type.write(record, new Fields(type.schema()));
    out.writeEndObject();
  }

  void write(Row row) {
    out.writeStartObject();
    for (int i = 0; i < row.schema().size(); i++) {
      Column column = row.schema().column(i);
      out.writeName(column.name());
      value(row.get(i), column.type());
    }
    out.writeEndObject();
  }

  /// Writes each field with its name.
  private final class Fields implements FieldSink {
    private final Schema schema;

    Fields(Schema schema) {
      this.schema = schema;
    }

    private void name(int column) {
      out.writeName(schema.column(column).name());
    }

    @Override
    public void putNull(int column) {
      name(column);
      out.writeNull();
    }

    @Override
    public void putBoolean(int column, boolean value) {
      name(column);
      out.writeBoolean(value);
    }

    @Override
    public void putByte(int column, byte value) {
      putLong(column, value);
    }

    @Override
    public void putShort(int column, short value) {
      putLong(column, value);
    }

    @Override
    public void putInt(int column, int value) {
      putLong(column, value);
    }

    @Override
    public void putLong(int column, long value) {
      name(column);
      out.writeNumber(value);
    }

    @Override
    public void putFloat(int column, float value) {
      name(column);
      number(value);
    }

    @Override
    public void putDouble(int column, double value) {
      name(column);
      number(value);
    }

    @Override
    public void putObject(int column, Object value) {
      name(column);
      value(value, schema.column(column).type());
    }
  }
}
