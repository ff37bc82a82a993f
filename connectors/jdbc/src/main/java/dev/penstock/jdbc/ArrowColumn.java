package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the values of one column travel to DuckDB: their layout in an Arrow array, and what makes a
/// value of the column of it.
///
/// @param format Arrow's name of the layout
/// @param width of a value in bytes; of texts and bytes, that of an offset
/// @param variable whether the values are texts or bytes, of any length
/// @param scale of a decimal
/// @param precision of a decimal
/// @param cast SQL with `%s` for the value
record ArrowColumn(
    String format, int width, boolean variable, int precision, int scale, String cast) {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), *(\\d+)\\)");

  private static ArrowColumn fixed(String format, int width) {
    return new ArrowColumn(format, width, false, 0, 0, "%s");
  }

  private static ArrowColumn variable(String format, String cast) {
    return new ArrowColumn(format, Integer.BYTES, true, 0, 0, cast);
  }

  static ArrowColumn of(TableColumn column, DataType type) {
    String code = column.code().toUpperCase(Locale.ROOT);
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> new ArrowColumn("c", 1, false, 0, 0, "CAST(%s AS BOOLEAN)");
            case BYTE -> fixed("c", Byte.BYTES);
            case SHORT -> fixed("s", Short.BYTES);
            case INT -> fixed("i", Integer.BYTES);
            case LONG -> fixed("l", Long.BYTES);
            case FLOAT -> fixed("f", Float.BYTES);
            case DOUBLE -> fixed("g", Double.BYTES);
            case CHAR -> variable("u", "%s");
            case STRING -> variable("u", code.equals("VARCHAR") ? "%s" : castTo(column));
            case DATE -> fixed("tdD", Integer.BYTES);
            case TIME -> fixed("ttu", Long.BYTES);
            case LOCAL_DATE_TIME -> fixed("tsu:", Long.BYTES);
            case INSTANT -> fixed("tsu:UTC", Long.BYTES);
            case UUID -> variable("u", "CAST(%s AS UUID)");
            case BINARY -> variable("z", "%s");
          };
      case DataType.Decimal _ -> decimal(code);
      case DataType.Enumeration _ -> variable("u", code.equals("VARCHAR") ? "%s" : castTo(column));
      case DataType.Nested _, DataType.ListOf _, DataType.MapOf _ ->
          variable(
              "u",
              code.equals("JSON")
                  ? "CAST(%s AS JSON)"
                  : "CAST(CAST(%s AS JSON) AS " + column.type() + ")");
    };
  }

  /// The type is the database's own spelling of it, not a text of the user's.
  private static String castTo(TableColumn column) {
    return "CAST(%s AS " + column.type().replace("%", "%%") + ")";
  }

  private static ArrowColumn decimal(String code) {
    Matcher parts = DECIMAL.matcher(code);
    if (!parts.matches()) {
      throw new IllegalStateException("not a decimal: " + code);
    }
    int precision = Integer.parseInt(parts.group(1));
    int scale = Integer.parseInt(parts.group(2));
    return new ArrowColumn("d:" + precision + "," + scale, 16, false, precision, scale, "%s");
  }
}
