package dev.penstock.flow.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/// A YAML file that is not what it should be. The message holds every problem, each with its line
/// and column, in their order.
public final class YamlRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public YamlRefused(String message) {
    super(message);
  }

  /// @param file as messages call it
  /// @param problems not empty; one that is there twice is told once
  public YamlRefused(String file, Collection<YamlProblem> problems) {
    this(
        problems.stream()
            .sorted(Comparator.comparing(YamlProblem::place))
            .map(YamlProblem::toString)
            .distinct()
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    told ->
                        file
                            + ": "
                            + told.size()
                            + (told.size() == 1 ? " problem" : " problems")
                            + "\n  "
                            + String.join("\n  ", told))));
  }
}
