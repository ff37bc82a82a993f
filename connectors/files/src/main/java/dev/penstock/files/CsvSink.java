package dev.penstock.files;

import dev.penstock.data.FieldSink;
import dev.penstock.data.Schema;
import dev.penstock.data.TextFormat;

/// Takes the fields of a record as texts.
record CsvSink(Schema schema, CsvText text) implements FieldSink {
  @Override
  public void putNull(int column) {
    text.addNull();
  }

  @Override
  public void putBoolean(int column, boolean value) {
    text.add(Boolean.toString(value));
  }

  @Override
  public void putByte(int column, byte value) {
    text.add(Byte.toString(value));
  }

  @Override
  public void putShort(int column, short value) {
    text.add(Short.toString(value));
  }

  @Override
  public void putInt(int column, int value) {
    text.add(Integer.toString(value));
  }

  @Override
  public void putLong(int column, long value) {
    text.add(Long.toString(value));
  }

  @Override
  public void putFloat(int column, float value) {
    text.add(Float.toString(value));
  }

  @Override
  public void putDouble(int column, double value) {
    text.add(Double.toString(value));
  }

  @Override
  public void putObject(int column, Object value) {
    text.add(TextFormat.format(value, schema.column(column).type()));
  }
}
