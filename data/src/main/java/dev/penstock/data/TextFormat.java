package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.util.Base64;

/// Makes texts of values, such that [TextParser] makes the same values of them.
public final class TextFormat {
  private TextFormat() {}

  /// The text of a value that has the Java type of `type`.
  public static String format(Object value, DataType type) {
    return switch (type) {
      case Scalar scalar when scalar == Scalar.BINARY ->
          Base64.getEncoder().encodeToString((byte[]) value);
      case Enumeration _ -> ((Enum<?>) value).name();
      case Scalar _, Decimal _ -> value.toString();
      case Nested _, ListOf _, MapOf _ -> Json.write(value, type);
    };
  }
}
