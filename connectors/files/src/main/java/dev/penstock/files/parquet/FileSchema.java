package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/// The file's schema for the columns of a record.
final class FileSchema {
  /// For decimals that say nothing of their size: 20 digits before the point and 18 after it.
  static final Decimal ANY_DECIMAL = new Decimal(38, 18);

  private FileSchema() {}

  static MessageType of(String name, Schema schema) {
    return new MessageType(name, schema.columns().stream().map(FileSchema::field).toList());
  }

  private static Type field(Column column) {
    return type(column.type(), repetition(column.nullable()), column.name());
  }

  private static Repetition repetition(boolean nullable) {
    return nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
  }

  private static Type type(DataType type, Repetition repetition, String name) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar, repetition, name);
      case Decimal decimal ->
          decimal(decimal.specified() ? decimal : ANY_DECIMAL, repetition, name);
      case Enumeration _ ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.enumType())
              .named(name);
      case Nested nested ->
          Types.buildGroup(repetition)
              .addFields(
                  nested.record().schema().columns().stream()
                      .map(FileSchema::field)
                      .toArray(Type[]::new))
              .named(name);
      case ListOf list ->
          Types.list(repetition)
              .element(type(list.element(), Repetition.OPTIONAL, "element"))
              .named(name);
      case MapOf map ->
          Types.map(repetition)
              .key(type(map.key(), Repetition.REQUIRED, "key"))
              .value(type(map.value(), Repetition.OPTIONAL, "value"))
              .named(name);
    };
  }

  private static Type scalar(Scalar type, Repetition repetition, String name) {
    return switch (type) {
      case BOOLEAN -> plain(PrimitiveTypeName.BOOLEAN, repetition, name);
      case BYTE -> integer(8, repetition, name);
      case SHORT -> integer(16, repetition, name);
      case INT -> plain(PrimitiveTypeName.INT32, repetition, name);
      case LONG -> plain(PrimitiveTypeName.INT64, repetition, name);
      case FLOAT -> plain(PrimitiveTypeName.FLOAT, repetition, name);
      case DOUBLE -> plain(PrimitiveTypeName.DOUBLE, repetition, name);
      case CHAR, STRING ->
          as(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), repetition, name);
      case DATE -> as(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), repetition, name);
      case TIME ->
          as(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timeType(false, TimeUnit.NANOS),
              repetition,
              name);
      case LOCAL_DATE_TIME -> timestamp(false, repetition, name);
      case INSTANT -> timestamp(true, repetition, name);
      case UUID ->
          Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
              .length(16)
              .as(LogicalTypeAnnotation.uuidType())
              .named(name);
      case BINARY -> plain(PrimitiveTypeName.BINARY, repetition, name);
    };
  }

  private static Type plain(PrimitiveTypeName type, Repetition repetition, String name) {
    return Types.primitive(type, repetition).named(name);
  }

  private static Type as(
      PrimitiveTypeName type, LogicalTypeAnnotation logical, Repetition repetition, String name) {
    return Types.primitive(type, repetition).as(logical).named(name);
  }

  private static Type integer(int bits, Repetition repetition, String name) {
    return as(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(bits, true), repetition, name);
  }

  private static Type timestamp(boolean utc, Repetition repetition, String name) {
    return as(
        PrimitiveTypeName.INT64,
        LogicalTypeAnnotation.timestampType(utc, TimeUnit.MICROS),
        repetition,
        name);
  }

  private static Type decimal(Decimal type, Repetition repetition, String name) {
    LogicalTypeAnnotation logical =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= 9) {
      return as(PrimitiveTypeName.INT32, logical, repetition, name);
    }
    if (type.precision() <= 18) {
      return as(PrimitiveTypeName.INT64, logical, repetition, name);
    }
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(DecimalBytes.length(type.precision()))
        .as(logical)
        .named(name);
  }
}
