package dev.penstock.server.metrics;

import java.util.Map;

/// Metrics in the text format of Prometheus, version 0.0.4.
final class MetricsText {
  private final StringBuilder text = new StringBuilder();

  /// How a value moves.
  enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM
  }

  /// Begins a metric; its samples follow.
  MetricsText metric(String name, Type type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ');
    text.append(type.name().toLowerCase(java.util.Locale.ROOT)).append('\n');
    return this;
  }

  MetricsText sample(String name, Map<String, String> labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      char before = '{';
      for (Map.Entry<String, String> label : labels.entrySet()) {
        text.append(before).append(label.getKey()).append("=\"");
        text.append(escaped(label.getValue())).append('"');
        before = ',';
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
