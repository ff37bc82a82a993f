package dev.penstock.cli.yaml;

import java.util.List;

/// A YAML file that is not what it should be. The message holds every problem.
public final class YamlRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  YamlRefused(String message) {
    super(message);
  }

  YamlRefused(String file, List<String> problems) {
    this(
        file
            + ": "
            + problems.size()
            + (problems.size() == 1 ? " problem" : " problems")
            + "\n  "
            + String.join("\n  ", problems));
  }
}
