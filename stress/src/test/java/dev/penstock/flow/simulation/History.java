package dev.penstock.flow.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// What has happened, line by line. Runs are called by number, as their ids differ each time.
final class History {
  private final LongSupplier now;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  History(LongSupplier now) {
    this.now = now;
  }

  /// One thing that has happened.
  ///
  /// @param at microseconds since the world began
  record Line(long at, String who, String what) {
    @Override
    public String toString() {
      return "%9.3f %-6s %s".formatted(at / 1e6, who, what);
    }
  }

  void note(String who, String what) {
    lines.add(new Line(now.getAsLong(), who, what));
  }

  /// The name of a run here: `run 3`.
  String name(String run) {
    return names.computeIfAbsent(run, _ -> "run " + (names.size() + 1));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
