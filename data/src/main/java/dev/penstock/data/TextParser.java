package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.UUID;

/// Makes values of texts: of fields in a CSV file, of strings in JSON, of parameters on a command
/// line. Every method throws [BadText] when the text is something else. Blanks around the text are
/// ignored, except for strings and chars.
///
/// | type | texts |
/// |---|---|
/// | boolean | `true`, `false`, `t`, `f`, `yes`, `no`, `y`, `n`, `1`, `0`, in any case |
/// | byte, short, int, long | decimal digits with or without a sign |
/// | float, double | `-1.5`, `1e-3`, `NaN`, `Infinity` |
/// | decimal | `-1.50`, `1E+3` |
/// | date, time, local date-time | ISO 8601; a blank may stand for the `T` |
/// | instant | ISO 8601 with `Z` or an offset |
/// | binary | Base64 |
/// | enum | the name of a constant, in any case if that is clear |
/// | record, list, map | JSON |
public final class TextParser {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /// Below it one more digit still fits into the 53 bits that a double holds exactly.
  private static final long ROOM_FOR_A_DIGIT = (1L << 53) / 10 - 1;

  private TextParser() {}

  /// The value of a text, in the Java type of `type`.
  public static Object parse(CharSequence text, DataType type) {
    return switch (type) {
      case Scalar scalar -> parse(text, scalar);
      case Decimal _ -> parseDecimal(text);
      case Enumeration enumeration -> parseConstant(text, enumeration);
      case Nested _, ListOf _, MapOf _ -> Json.parse(text.toString(), type);
    };
  }

  private static Object parse(CharSequence text, Scalar type) {
    return switch (type) {
      case BOOLEAN -> parseBoolean(text);
      case BYTE -> parseByte(text);
      case SHORT -> parseShort(text);
      case INT -> parseInt(text);
      case LONG -> parseLong(text);
      case FLOAT -> parseFloat(text);
      case DOUBLE -> parseDouble(text);
      case CHAR -> parseChar(text);
      case STRING -> text.toString();
      case DATE -> TimeText.date(text);
      case TIME -> TimeText.time(text);
      case LOCAL_DATE_TIME -> TimeText.localDateTime(text);
      case INSTANT -> TimeText.instant(text);
      case UUID -> parseUuid(text);
      case BINARY -> parseBinary(text);
    };
  }

  public static boolean parseBoolean(CharSequence text) {
    String word = text.toString().strip();
    if (word.equalsIgnoreCase("true")
        || word.equalsIgnoreCase("t")
        || word.equalsIgnoreCase("yes")
        || word.equalsIgnoreCase("y")
        || word.equals("1")) {
      return true;
    }
    if (word.equalsIgnoreCase("false")
        || word.equalsIgnoreCase("f")
        || word.equalsIgnoreCase("no")
        || word.equalsIgnoreCase("n")
        || word.equals("0")) {
      return false;
    }
    throw new BadText(text, "a boolean");
  }

  public static byte parseByte(CharSequence text) {
    return (byte) parseWhole(text, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
  }

  public static short parseShort(CharSequence text) {
    return (short) parseWhole(text, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
  }

  public static int parseInt(CharSequence text) {
    return (int) parseWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
  }

  public static long parseLong(CharSequence text) {
    return parseWhole(text, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  private static long parseWhole(CharSequence text, long min, long max, String wanted) {
    int from = start(text);
    int to = end(text, from);
    long value;
    try {
      value = Long.parseLong(text, from, to, 10);
    } catch (NumberFormatException e) {
      boolean whole = text.subSequence(from, to).toString().matches("[+-]?[0-9]+");
      throw new BadText(text, whole ? between(wanted, min, max) : wanted);
    }
    if (value < min || value > max) {
      throw new BadText(text, between(wanted, min, max));
    }
    return value;
  }

  private static String between(String wanted, long min, long max) {
    return wanted + " (from " + min + " to " + max + ")";
  }

  public static float parseFloat(CharSequence text) {
    try {
      return Float.parseFloat(floatingPoint(text));
    } catch (NumberFormatException e) {
      throw new BadText(text, "a float");
    }
  }

  /// Short texts without an exponent take a path without a `String`: up to 2^53, and up to 22
  /// digits behind the point, number and power of ten are exact, so that their quotient is the
  /// nearest double.
  public static double parseDouble(CharSequence text) {
    int from = start(text);
    int to = end(text, from);
    int i = from;
    boolean negative = i < to && text.charAt(i) == '-';
    if (negative) {
      i++;
    }
    long digits = 0;
    int scale = -1;
    int count = 0;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && digits < ROOM_FOR_A_DIGIT) {
        digits = digits * 10 + (c - '0');
        scale += scale >= 0 ? 1 : 0;
        count++;
      } else if (c == '.' && scale < 0) {
        scale = 0;
      } else {
        return parseAnyDouble(text);
      }
    }
    if (count == 0 || scale >= POWERS_OF_TEN.length) {
      return parseAnyDouble(text);
    }
    double value = scale <= 0 ? digits : digits / POWERS_OF_TEN[scale];
    return negative ? -value : value;
  }

  private static double parseAnyDouble(CharSequence text) {
    try {
      return Double.parseDouble(floatingPoint(text));
    } catch (NumberFormatException e) {
      throw new BadText(text, "a double");
    }
  }

  /// Keeps out what the JDK also takes for a number, but no file means: `1d`, `0x1p3`.
  private static String floatingPoint(CharSequence text) {
    String number = text.toString().strip();
    if (number.isEmpty()) {
      throw new NumberFormatException("empty");
    }
    char last = number.charAt(number.length() - 1);
    boolean suffixed = "dDfF".indexOf(last) >= 0;
    if (suffixed || number.indexOf('x') >= 0 || number.indexOf('X') >= 0) {
      throw new NumberFormatException(number);
    }
    return number;
  }

  public static char parseChar(CharSequence text) {
    if (text.length() != 1) {
      throw new BadText(text, "a single character");
    }
    return text.charAt(0);
  }

  public static BigDecimal parseDecimal(CharSequence text) {
    try {
      return new BigDecimal(text.toString().strip());
    } catch (NumberFormatException e) {
      throw new BadText(text, "a decimal");
    }
  }

  private static UUID parseUuid(CharSequence text) {
    String uuid = text.toString().strip();
    try {
      if (uuid.length() == 36) { // the JDK takes shorter groups too
        return UUID.fromString(uuid);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new BadText(text, "a UUID");
  }

  private static byte[] parseBinary(CharSequence text) {
    try {
      return Base64.getDecoder().decode(text.toString().strip());
    } catch (IllegalArgumentException e) {
      throw new BadText(text, "Base64");
    }
  }

  private static Enum<?> parseConstant(CharSequence text, Enumeration type) {
    String name = text.toString().strip();
    Enum<?> alike = null;
    int count = 0;
    for (Enum<?> constant : type.javaType().getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
      if (constant.name().equalsIgnoreCase(name)) {
        alike = constant;
        count++;
      }
    }
    if (alike != null && count == 1) {
      return alike;
    }
    throw new BadText(
        text, "one of " + String.join(", ", type.names()) + DidYouMean.hint(name, type.names()));
  }

  private static int start(CharSequence text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static int end(CharSequence text, int from) {
    int i = text.length();
    while (i > from && text.charAt(i - 1) <= ' ') {
      i--;
    }
    return i;
  }
}
