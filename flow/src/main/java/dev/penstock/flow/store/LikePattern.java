package dev.penstock.flow.store;

/// Patterns of `LIKE … ESCAPE '!'`.
final class LikePattern {
  private LikePattern() {}

  /// Matches texts that contain this one.
  static String containing(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
