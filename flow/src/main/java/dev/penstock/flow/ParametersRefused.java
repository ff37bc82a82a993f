package dev.penstock.flow;

import java.util.List;

/// The parameters given do not fit those that a job takes. The message holds every problem, and
/// what the job takes.
public final class ParametersRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ParametersRefused(List<String> problems, String taken) {
    super(message(problems, taken));
    this.problems = List.copyOf(problems);
  }

  /// Each problem by itself; empty after serialization.
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }

  private static String message(List<String> problems, String taken) {
    String heading =
        problems.size() == 1
            ? "1 problem with the parameters:"
            : problems.size() + " problems with the parameters:";
    return heading + "\n  " + String.join("\n  ", problems) + "\n" + taken;
  }
}
