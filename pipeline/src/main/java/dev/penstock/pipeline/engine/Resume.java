package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Commit;

/// How a run goes on from where an earlier one of the same name was stopped.
///
/// @param name identifies the positions in the target
/// @param commit how often they are committed
public record Resume(String name, Commit commit) {
  public Resume {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a resumable pipeline needs a name");
    }
  }
}
