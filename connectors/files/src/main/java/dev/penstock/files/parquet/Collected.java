package dev.penstock.files.parquet;

import dev.penstock.data.FieldSink;
import org.jspecify.annotations.Nullable;

/// The boxed fields of a record within a record, on their way into a file.
final class Collected implements FieldSink {
  private final @Nullable Object[] fields;

  Collected(int columns) {
    this.fields = new Object[columns];
  }

  @Nullable Object field(int column) {
    return fields[column];
  }

  @Override
  public void putNull(int column) {
    fields[column] = null;
  }

  @Override
  public void putBoolean(int column, boolean value) {
    fields[column] = value;
  }

  @Override
  public void putByte(int column, byte value) {
    fields[column] = value;
  }

  @Override
  public void putShort(int column, short value) {
    fields[column] = value;
  }

  @Override
  public void putInt(int column, int value) {
    fields[column] = value;
  }

  @Override
  public void putLong(int column, long value) {
    fields[column] = value;
  }

  @Override
  public void putFloat(int column, float value) {
    fields[column] = value;
  }

  @Override
  public void putDouble(int column, double value) {
    fields[column] = value;
  }

  @Override
  public void putObject(int column, Object value) {
    fields[column] = value;
  }
}
