package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import java.util.Optional;

/// How a value travels in PostgreSQL's binary format.
enum PgType {
  BOOL(16),
  INT2(21),
  INT4(23),
  INT8(20),
  FLOAT4(700),
  FLOAT8(701),
  NUMERIC(1700),
  TEXT(25),
  DATE(1082),
  TIME(1083),
  TIMESTAMP(1114),
  TIMESTAMPTZ(1184),
  UUID(2950),
  BYTEA(17),
  JSON(114),
  JSONB(3802);

  /// The object id of the type, the same in every database; it stands in front of arrays.
  final int oid;

  PgType(int oid) {
    this.oid = oid;
  }

  /// The type by its name in the catalog; an enum of the database is named `enum`.
  static Optional<PgType> named(String name) {
    return switch (name) {
      case "bool" -> Optional.of(BOOL);
      case "int2" -> Optional.of(INT2);
      case "int4" -> Optional.of(INT4);
      case "int8" -> Optional.of(INT8);
      case "float4" -> Optional.of(FLOAT4);
      case "float8" -> Optional.of(FLOAT8);
      case "numeric" -> Optional.of(NUMERIC);
      case "text", "varchar", "bpchar", "citext", "name", "enum" -> Optional.of(TEXT);
      case "date" -> Optional.of(DATE);
      case "time" -> Optional.of(TIME);
      case "timestamp" -> Optional.of(TIMESTAMP);
      case "timestamptz" -> Optional.of(TIMESTAMPTZ);
      case "uuid" -> Optional.of(UUID);
      case "bytea" -> Optional.of(BYTEA);
      case "json" -> Optional.of(JSON);
      case "jsonb" -> Optional.of(JSONB);
      default -> Optional.empty();
    };
  }

  /// Whether every value of the data type fits, apart from its size.
  boolean takes(DataType type) {
    return switch (type) {
      case DataType.Scalar scalar -> takes(scalar);
      case DataType.Decimal _ -> this == NUMERIC;
      case DataType.Enumeration _ -> this == TEXT;
      case DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> this == JSON || this == JSONB;
    };
  }

  private boolean takes(DataType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> this == BOOL;
      case BYTE, SHORT ->
          this == INT2 || this == INT4 || this == INT8 || this == NUMERIC || this == FLOAT8;
      case INT -> this == INT4 || this == INT8 || this == NUMERIC || this == FLOAT8;
      case LONG -> this == INT8 || this == NUMERIC;
      case FLOAT -> this == FLOAT4 || this == FLOAT8;
      case DOUBLE -> this == FLOAT8;
      case CHAR -> this == TEXT;
      case STRING -> this == TEXT || this == JSON || this == JSONB;
      case DATE -> this == DATE;
      case TIME -> this == TIME;
      case LOCAL_DATE_TIME -> this == TIMESTAMP;
      case INSTANT -> this == TIMESTAMPTZ;
      case UUID -> this == UUID;
      case BINARY -> this == BYTEA;
    };
  }
}
