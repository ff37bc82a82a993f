package dev.penstock.pipeline.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to run a pipeline; all parts have good defaults.
///
/// @param deadline how long the run may take; null for as long as it needs
/// @param cancellation a handle to stop it from another thread; null for none
/// @param listener told of this run besides those of the process; null for none
/// @param clock the time it lives in
public record RunOptions(
    @Nullable Duration deadline,
    @Nullable Cancellation cancellation,
    @Nullable RunListener listener,
    RunClock clock) {
  /// No deadline, the machine's clock.
  public static final RunOptions DEFAULT = new RunOptions(null, null, null, RunClock.SYSTEM);

  public RunOptions {
    if (deadline != null && !deadline.isPositive()) {
      throw new IllegalArgumentException("deadline must be positive, was " + deadline);
    }
  }

  /// The same with a limit on the time of the run.
  public RunOptions deadline(Duration deadline) {
    return new RunOptions(deadline, cancellation, listener, clock);
  }

  /// The same with a handle to stop it.
  public RunOptions cancellation(Cancellation cancellation) {
    return new RunOptions(deadline, cancellation, listener, clock);
  }

  /// The same with a listener.
  public RunOptions listener(RunListener listener) {
    return new RunOptions(deadline, cancellation, listener, clock);
  }

  /// The same under another clock.
  public RunOptions clock(RunClock clock) {
    return new RunOptions(deadline, cancellation, listener, clock);
  }
}
