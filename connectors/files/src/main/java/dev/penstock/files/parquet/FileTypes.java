package dev.penstock.files.parquet;

import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Scalar;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/// What the types of a file mean.
final class FileTypes {
  private FileTypes() {}

  /// The data type that holds every value of a primitive type; decimals and times are recognised by
  /// their annotation.
  static DataType natural(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (logical) {
      case IntLogicalTypeAnnotation i -> integer(i);
      case DecimalLogicalTypeAnnotation d ->
          new DataType.Decimal(d.getPrecision(), Math.max(0, d.getScale()));
      case DateLogicalTypeAnnotation _ -> Scalar.DATE;
      case TimeLogicalTypeAnnotation _ -> Scalar.TIME;
      case TimestampLogicalTypeAnnotation t ->
          t.isAdjustedToUTC() ? Scalar.INSTANT : Scalar.LOCAL_DATE_TIME;
      case StringLogicalTypeAnnotation _,
          EnumLogicalTypeAnnotation _,
          JsonLogicalTypeAnnotation _ ->
          Scalar.STRING;
      case UUIDLogicalTypeAnnotation _ -> Scalar.UUID;
      case Float16LogicalTypeAnnotation _ -> Scalar.FLOAT;
      case null, default -> physical(type);
    };
  }

  /// The data type for a field of any kind in a row; a record within a record becomes its JSON
  /// text.
  static DataType naturalOf(Type type) {
    DataType one = naturalOfOne(type);
    return type.isRepetition(Repetition.REPEATED) ? new DataType.ListOf(one) : one;
  }

  private static DataType naturalOfOne(Type type) {
    if (type.isPrimitive()) {
      return natural(type.asPrimitiveType());
    }
    GroupType group = type.asGroupType();
    if (isList(group)) {
      return new DataType.ListOf(
          repeatedIsElement(group) ? naturalOfOne(element(group)) : naturalOf(element(group)));
    }
    if (isMap(group) && group.getType(0).asGroupType().getFieldCount() == 2) {
      GroupType entry = group.getType(0).asGroupType();
      return new DataType.MapOf(naturalOf(entry.getType(0)), naturalOf(entry.getType(1)));
    }
    return Scalar.STRING;
  }

  private static DataType integer(IntLogicalTypeAnnotation type) {
    int bits = type.isSigned() ? type.getBitWidth() : type.getBitWidth() + 1;
    return bits <= 8
        ? Scalar.BYTE
        : bits <= 16 ? Scalar.SHORT : bits <= 32 ? Scalar.INT : Scalar.LONG;
  }

  private static DataType physical(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Scalar.BOOLEAN;
      case INT32 -> Scalar.INT;
      case INT64 -> Scalar.LONG;
      case FLOAT -> Scalar.FLOAT;
      case DOUBLE -> Scalar.DOUBLE;
      case INT96 -> Scalar.INSTANT;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> Scalar.BINARY;
    };
  }

  /// The type in a message.
  static String describe(Type type) {
    if (type.isRepetition(Repetition.REPEATED)) {
      return "list of " + describeOne(type);
    }
    return describeOne(type);
  }

  private static String describeOne(Type type) {
    if (type.isPrimitive()) {
      return natural(type.asPrimitiveType()).describe();
    }
    GroupType group = type.asGroupType();
    if (isList(group)) {
      return "list of " + describeOne(element(group));
    }
    if (isMap(group)) {
      List<Type> entry = group.getType(0).asGroupType().getFields();
      String value = entry.size() > 1 ? describe(entry.get(1)) : "nothing";
      return "map of " + describe(entry.getFirst()) + " to " + value;
    }
    return "record of " + String.join(", ", group.getFields().stream().map(Type::getName).toList());
  }

  static boolean isList(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Repetition.REPEATED);
  }

  static boolean isMap(GroupType group) {
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    return (logical instanceof MapLogicalTypeAnnotation
            || logical instanceof MapKeyValueTypeAnnotation)
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Repetition.REPEATED)
        && !group.getType(0).isPrimitive();
  }

  /// The element of a list: below the repeated group in today's files, the repeated field itself in
  /// those of older writers, told apart by the format's rules.
  static Type element(GroupType list) {
    Type repeated = list.getType(0);
    return repeatedIsElement(list) ? repeated : repeated.asGroupType().getType(0);
  }

  static boolean repeatedIsElement(GroupType list) {
    Type repeated = list.getType(0);
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  /// A whole number, as far as the annotation says.
  static boolean isInteger(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return logical == null || logical instanceof IntLogicalTypeAnnotation;
  }

  static boolean isUnsigned(PrimitiveType type) {
    return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation i && !i.isSigned();
  }
}
