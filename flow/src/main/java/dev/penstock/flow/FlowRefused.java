package dev.penstock.flow;

import java.util.List;

/// A class has methods with `@Flow` that are no flows. The message holds every problem.
public final class FlowRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static String indented(String problem) {
    return problem.replace("\n", "\n  ");
  }

  FlowRefused(Class<?> type, List<String> problems) {
    super(
        problems.size()
            + (problems.size() == 1 ? " problem" : " problems")
            + " with the flows of "
            + type.getSimpleName()
            + ":\n  "
            + String.join("\n  ", problems.stream().map(FlowRefused::indented).toList()));
  }
}
