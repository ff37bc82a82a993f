package dev.penstock.cli.report;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them.
final class Figures {
  private static final int EXACT_BELOW = 10_000;

  private Figures() {}

  /// `46,912`.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// `0.21 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`.
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
    if (duration.toHours() == 0) {
      return String.format(
          Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }
    return String.format(
        Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  /// A coarser duration, for what is a guess anyway: `3 s`, `2 min 05 s`.
  static String remaining(Duration duration) {
    return duration.toMinutes() == 0
        ? Math.max(1, duration.toSeconds()) + " s"
        : duration(duration);
  }

  /// `950/s`, `48.2k/s`, `1.25M/s`.
  static String rate(double perSecond) {
    if (perSecond < EXACT_BELOW) {
      return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
    }
    if (perSecond < 1e6) {
      return String.format(Locale.ROOT, "%.1fk/s", perSecond / 1e3);
    }
    return String.format(Locale.ROOT, "%.2fM/s", perSecond / 1e6);
  }

  /// The text, or its beginning and end when it is longer than `width`.
  static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int head = (width - 1) / 2;
    return text.substring(0, head) + "…" + text.substring(text.length() - (width - 1 - head));
  }
}
