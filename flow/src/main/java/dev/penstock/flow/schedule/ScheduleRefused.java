package dev.penstock.flow.schedule;

import java.util.List;

/// A schedule that means nothing, or that could never happen. The message holds every problem, and
/// what to write.
public final class ScheduleRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ScheduleRefused(String what, List<String> problems) {
    super(
        problems.size() == 1
            ? what + ": " + problems.getFirst()
            : what + ":\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /// Each problem by itself; empty after serialization.
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }
}
