package dev.penstock.data;

import java.util.Locale;

/// Names of components as names of columns: `passengerCount` is `passenger_count`, `PULocationID`
/// is `pu_location_id`.
public final class SnakeCase {
  private SnakeCase() {}

  public static String of(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && startsWord(name, i)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    return snake.toString();
  }

  private static boolean startsWord(String name, int i) {
    char before = name.charAt(i - 1);
    if (Character.isUpperCase(before)) {
      return i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    }
    return before != '_';
  }

  /// The name without case and underscores, for the most lenient comparison.
  static String folded(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
