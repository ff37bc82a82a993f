package dev.penstock.cli.deploy;

import java.util.List;

/// What cannot be deployed. The message holds every problem.
public final class DeployRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeployRefused(String message) {
    super(message);
  }

  DeployRefused(String what, List<String> problems) {
    super(
        what
            + ": "
            + problems.size()
            + (problems.size() == 1 ? " problem" : " problems")
            + "\n  "
            + String.join("\n  ", problems));
  }
}
