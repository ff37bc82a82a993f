package dev.penstock.server.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The time that has passed since something began, from the left to the right.
///
/// @param began at 0
/// @param from where the view begins, in milliseconds
/// @param width of the view, in milliseconds
record TimeAxis(Instant began, double from, double width) {
  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    1000,
    2000,
    5000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    604_800_000,
    2_592_000_000L
  };
  private static final int MOST_TICKS = 6;

  /// Below this, seconds are told with their parts: whole ones would repeat themselves.
  private static final long FINE = 10_000;

  static TimeAxis of(Instant began, double whole, Zoom zoom) {
    return zoom.isAll()
        ? new TimeAxis(began, 0, whole)
        : new TimeAxis(began, zoom.from(), zoom.width());
  }

  /// How far from the left a time is; outside of 0 to 1 when it is not in view.
  double share(Instant at) {
    return (Duration.between(began, at).toNanos() / 1e6 - from) / width;
  }

  /// @param until no tick stands farther right than this
  List<Timeline.Tick> ticks(double until) {
    long step = step();
    List<Timeline.Tick> ticks = new ArrayList<>();
    for (long at = (long) Math.ceil(from / step) * step; (at - from) / width <= until; at += step) {
      ticks.add(
          new Timeline.Tick(
              Words.percent((at - from) / width), label(Duration.ofMillis(at), false)));
    }
    return ticks;
  }

  private long step() {
    for (long step : STEPS) {
      if (width / step <= MOST_TICKS) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1];
  }

  /// `0.25 s`, `4:12`, `1:04:12`.
  ///
  /// @param between whether it may stand between ticks
  String label(Duration length, boolean between) {
    long seconds = length.toSeconds();
    if (width < FINE) {
      long step = step();
      int digits = step >= 1000 ? (between ? 1 : 0) : step >= 100 ? 1 : step >= 10 ? 2 : 3;
      String format = "%." + digits + "f s";
      return seconds < 60
          ? String.format(Locale.ENGLISH, format, length.toNanos() / 1e9)
          : seconds / 60
              + ":"
              + String.format(
                  Locale.ENGLISH,
                  digits == 0 ? "%02.0f" : "%0" + (3 + digits) + "." + digits + "f",
                  length.toNanos() / 1e9 % 60);
    }
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
