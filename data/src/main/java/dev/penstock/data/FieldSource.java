package dev.penstock.data;

import org.jspecify.annotations.Nullable;

/// The fields of one record, about to be made by [RecordType#read]. Columns are numbered as in
/// [RecordType#schema].
///
/// A connector implements this once per reader and moves it from record to record. A getter may be
/// called once per column and record, in column order. A getter of a primitive that meets a null
/// throws: it is called for a nullable column only after [#isNull] said no. Whatever a getter
/// throws becomes the failure of that one record.
public interface FieldSource {

  /// Whether the field is null or absent. Asked only for columns whose type is a boxed primitive.
  boolean isNull(int column);

  boolean getBoolean(int column);

  byte getByte(int column);

  short getShort(int column);

  int getInt(int column);

  long getLong(int column);

  float getFloat(int column);

  double getDouble(int column);

  default char getChar(int column) {
    if (getObject(column) instanceof Character c) {
      return c;
    }
    throw new NullPointerException("column " + column + " is null, wanted a char");
  }

  /// The value of a column that is no primitive and no boxed primitive, in the Java type of the
  /// component: `String`, `BigDecimal`, `LocalDateTime`, an enum constant, a nested record, a
  /// `List`, a `Map`.
  @Nullable Object getObject(int column);
}
