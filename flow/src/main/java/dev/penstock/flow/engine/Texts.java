package dev.penstock.flow.engine;

import java.time.Duration;
import java.util.Locale;

/// How messages write things.
final class Texts {
  private Texts() {}

  /// `1h30m`, `90s`.
  static String of(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
