package dev.penstock.data;

/// Takes the fields of one record from [RecordType#write]: every column exactly once, in column
/// order, numbered as in [RecordType#schema]. Boxed primitives arrive through [#putNull] or the
/// primitive's method.
public interface FieldSink {

  void putNull(int column);

  void putBoolean(int column, boolean value);

  void putByte(int column, byte value);

  void putShort(int column, short value);

  void putInt(int column, int value);

  void putLong(int column, long value);

  void putFloat(int column, float value);

  void putDouble(int column, double value);

  default void putChar(int column, char value) {
    putObject(column, value);
  }

  /// The value of a column that is no primitive: `String`, `BigDecimal`, `LocalDateTime`, an enum
  /// constant, a nested record, a `List`, a `Map`.
  void putObject(int column, Object value);
}
