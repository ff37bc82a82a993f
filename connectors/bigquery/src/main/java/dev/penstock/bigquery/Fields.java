package dev.penstock.bigquery;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Json;
import dev.penstock.data.Schema;
import java.util.stream.Collectors;

/// Columns as BigQuery is told of them.
final class Fields {
  private Fields() {}

  /// The JSON array of fields.
  static String of(Schema schema) {
    return schema.columns().stream().map(Fields::field).collect(Collectors.joining(",", "[", "]"));
  }

  private static String field(Column column) {
    DataType type = column.type();
    String mode = column.nullable() ? "NULLABLE" : "REQUIRED";
    if (type instanceof ListOf(DataType element)) {
      mode = "REPEATED";
      type = element;
    }
    String nested =
        type instanceof Nested inner ? ",\"fields\":" + of(inner.record().schema()) : "";
    return "{\"name\":%s,\"type\":\"%s\",\"mode\":\"%s\"%s}"
        .formatted(Json.write(column.name(), Scalar.STRING), name(type), mode, nested);
  }

  private static String name(DataType type) {
    return switch (type) {
      case Scalar scalar -> name(scalar);
      case Decimal _ -> "BIGNUMERIC";
      case Enumeration _ -> "STRING";
      case Nested _ -> "RECORD";
      case MapOf _ -> "JSON";
      case ListOf _ ->
          throw new IllegalArgumentException(
              "BigQuery has no lists of lists: put a record between");
    };
  }

  private static String name(Scalar type) {
    return switch (type) {
      case BOOLEAN -> "BOOLEAN";
      case BYTE, SHORT, INT, LONG -> "INTEGER";
      case FLOAT, DOUBLE -> "FLOAT";
      case CHAR, STRING, UUID -> "STRING";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case LOCAL_DATE_TIME -> "DATETIME";
      case INSTANT -> "TIMESTAMP";
      case BINARY -> "BYTES";
    };
  }
}
