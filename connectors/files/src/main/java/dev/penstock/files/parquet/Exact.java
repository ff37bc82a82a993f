package dev.penstock.files.parquet;

/// Numbers converted without loss. A number that would change is refused with its value and what
/// was wanted.
final class Exact {
  private static final double LONG_END = 0x1p63;

  private Exact() {}

  static long inRange(long value, long min, long max, String wanted) {
    if (value < min || value > max) {
      throw refused(Long.toString(value), wanted);
    }
    return value;
  }

  static boolean isLong(double value) {
    return (long) value == value && value < LONG_END;
  }

  static long toLong(double value, long min, long max, String wanted) {
    if (!isLong(value)) {
      throw refused(Double.toString(value), wanted);
    }
    return inRange((long) value, min, max, wanted);
  }

  static boolean isDouble(long value) {
    double as = value;
    return as < LONG_END && (long) as == value;
  }

  static double toDouble(long value) {
    if (!isDouble(value)) {
      throw refused(Long.toString(value), "exact as a double");
    }
    return value;
  }

  static float toFloat(long value) {
    float as = value;
    if (as >= LONG_END || (long) as != value) {
      throw refused(Long.toString(value), "exact as a float");
    }
    return as;
  }

  static ArithmeticException refused(String value, String wanted) {
    return new ArithmeticException(value + " is not " + wanted);
  }
}
