package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.run.RunClock;

/// A limiter for what a connector does outside of steps, such as the requests of a source. One that
/// has a name is shared with all steps of this process that name it. Safe for use by several
/// threads.
public final class Pace {
  private final Pacer pacer;

  private Pace(Pacer pacer) {
    this.pacer = pacer;
  }

  /// @throws IllegalArgumentException when the name is in use with another rate
  public static Pace of(Limiter limiter) {
    return new Pace(Pacers.of(limiter, RunClock.SYSTEM));
  }

  /// Waits until one more may pass.
  public void await() throws InterruptedException {
    pacer.acquire();
  }
}
