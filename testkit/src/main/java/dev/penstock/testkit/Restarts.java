package dev.penstock.testkit;

import dev.penstock.pipeline.RunnablePipeline;

/// Runs a pipeline again until it comes to its end, as whatever keeps a deployment up does.
public final class Restarts {
  private static final int MOST = 100;

  private Restarts() {}

  /// @return how many runs that took
  /// @throws RuntimeException what the last run threw, when no run of a hundred comes to its end
  public static int untilDone(RunnablePipeline pipeline) {
    for (int run = 1; ; run++) {
      try {
        pipeline.run();
        return run;
      } catch (RuntimeException e) {
        if (run == MOST) {
          throw e;
        }
      }
    }
  }
}
