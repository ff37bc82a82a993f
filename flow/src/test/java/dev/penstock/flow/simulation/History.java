package dev.penstock.flow.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// What has happened, line by line. Runs are called by number, as their ids differ each time.
final class History {
  private final LongSupplier now;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  History(LongSupplier now) {
    this.now = now;
  }

  void note(String who, String what) {
    lines.add("%9.3f %-6s %s".formatted(now.getAsLong() / 1e6, who, what));
  }

  /// The name of a run here: `run 3`.
  String name(String run) {
    return names.computeIfAbsent(run, _ -> "run " + (names.size() + 1));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /// The end of it.
  String last(int most) {
    int from = Math.max(0, lines.size() - most);
    return (from == 0 ? "" : "…\n") + String.join("\n", lines.subList(from, lines.size()));
  }
}
