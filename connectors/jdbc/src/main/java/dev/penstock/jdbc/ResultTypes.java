package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Schema;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The types of a query's columns.
final class ResultTypes {
  private static final Set<Scalar> WHOLE =
      Set.of(Scalar.BYTE, Scalar.SHORT, Scalar.INT, Scalar.LONG);

  private ResultTypes() {}

  /// The columns of a query as a schema.
  static Schema schema(ResultSetMetaData meta) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(Column.of(meta.getColumnLabel(i), type(meta, i)));
    }
    return new Schema(columns);
  }

  private static DataType type(ResultSetMetaData meta, int column) throws SQLException {
    return switch (meta.getColumnType(column)) {
      case Types.BOOLEAN, Types.BIT -> Scalar.BOOLEAN;
      case Types.TINYINT -> Scalar.BYTE;
      case Types.SMALLINT -> Scalar.SHORT;
      case Types.INTEGER -> Scalar.INT;
      case Types.BIGINT -> Scalar.LONG;
      case Types.REAL -> Scalar.FLOAT;
      case Types.FLOAT ->
          meta.getColumnTypeName(column).equals("FLOAT") ? Scalar.FLOAT : Scalar.DOUBLE;
      case Types.DOUBLE -> Scalar.DOUBLE;
      case Types.NUMERIC, Types.DECIMAL -> DataType.Decimal.ANY;
      case Types.DATE -> Scalar.DATE;
      case Types.TIME -> Scalar.TIME;
      case Types.TIMESTAMP ->
          meta.getColumnTypeName(column).equals("timestamptz")
              ? Scalar.INSTANT
              : Scalar.LOCAL_DATE_TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Scalar.INSTANT;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Scalar.BINARY;
      case Types.ARRAY -> new DataType.ListOf(Scalar.STRING);
      default ->
          switch (meta.getColumnTypeName(column).toUpperCase(java.util.Locale.ROOT)) {
            case "UUID" -> Scalar.UUID;
            case "HUGEINT", "UBIGINT", "UHUGEINT" -> DataType.Decimal.ANY;
            default -> Scalar.STRING;
          };
    };
  }

  /// Whether a component of this type can be made of a column of the other; numbers that may be too
  /// large for it are looked at one by one.
  static boolean readable(DataType found, DataType wanted) {
    boolean number =
        found instanceof DataType.Decimal
            || (found instanceof Scalar scalar && WHOLE.contains(scalar));
    return switch (wanted) {
      case Scalar scalar ->
          switch (scalar) {
            case BYTE, SHORT, INT, LONG -> number;
            case FLOAT, DOUBLE -> number || found == Scalar.FLOAT || found == Scalar.DOUBLE;
            case CHAR, STRING -> found == Scalar.STRING;
            case UUID -> found == Scalar.UUID || found == Scalar.STRING;
            case BOOLEAN, DATE, TIME, LOCAL_DATE_TIME, INSTANT, BINARY -> found == scalar;
          };
      case DataType.Decimal _ -> number;
      case DataType.Enumeration _, DataType.Nested _, DataType.MapOf _ -> found == Scalar.STRING;
      case DataType.ListOf _ -> found == Scalar.STRING || found instanceof DataType.ListOf;
    };
  }
}
