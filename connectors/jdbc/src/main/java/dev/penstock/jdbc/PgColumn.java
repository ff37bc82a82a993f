package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import java.util.Optional;

/// How the values of one column travel: alone, or as an array.
record PgColumn(PgType type, boolean array) {

  /// The column for a type of the catalog; arrays are named `_int4`.
  static Optional<PgColumn> named(String name) {
    return name.startsWith("_")
        ? PgType.named(name.substring(1)).map(type -> new PgColumn(type, true))
        : PgType.named(name).map(type -> new PgColumn(type, false));
  }

  boolean takes(DataType dataType) {
    return array
        ? dataType instanceof DataType.ListOf(DataType element) && type.takes(element)
        : type.takes(dataType);
  }

  /// The type that a new column gets, in SQL.
  static String declare(DataType type) {
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> "boolean";
            case BYTE, SHORT -> "smallint";
            case INT -> "integer";
            case LONG -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case CHAR, STRING -> "text";
            case DATE -> "date";
            case TIME -> "time";
            case LOCAL_DATE_TIME -> "timestamp";
            case INSTANT -> "timestamptz";
            case UUID -> "uuid";
            case BINARY -> "bytea";
          };
      case DataType.Decimal decimal ->
          decimal.specified()
              ? "numeric(" + decimal.precision() + ", " + decimal.scale() + ")"
              : "numeric";
      case DataType.Enumeration _ -> "text";
      case DataType.ListOf(DataType.Scalar element) -> declare(element) + "[]";
      case DataType.ListOf(DataType.Decimal element) -> declare(element) + "[]";
      case DataType.ListOf(DataType.Enumeration element) -> declare(element) + "[]";
      case DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> "jsonb";
    };
  }
}
