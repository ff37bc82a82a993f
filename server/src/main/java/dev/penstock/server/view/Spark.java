package dev.penstock.server.view;

import java.util.List;
import java.util.Locale;

/// A small line of how a figure went, in a box of 100 by 100, from zero.
///
/// @param line the points; empty when there is nothing to draw
/// @param end how far from the top the last point is
public record Spark(String line, String end) {
  /// Fewer values than this do not fill the width.
  private static final int FEWEST = 30;

  static Spark of(List<Long> values) {
    if (values.size() < 2) {
      return new Spark("", "");
    }
    double most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1)) / 0.92;
    double step = 100.0 / Math.max(values.size() - 1, FEWEST - 1);
    StringBuilder line = new StringBuilder();
    double last = 0;
    for (int i = 0; i < values.size(); i++) {
      double x = 100 - (values.size() - 1 - i) * step;
      last = 100 - values.get(i) / most * 100;
      line.append(String.format(Locale.ENGLISH, "%s%.1f,%.0f", i == 0 ? "" : " ", x, last));
    }
    return new Spark(line.toString(), String.format(Locale.ENGLISH, "%.0f%%", last));
  }

  /// Where the line begins.
  public String start() {
    return line.isEmpty() ? "0" : line.substring(0, line.indexOf(','));
  }
}
