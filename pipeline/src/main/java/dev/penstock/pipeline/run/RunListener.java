package dev.penstock.pipeline.run;

import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import org.jspecify.annotations.Nullable;

/// Told when runs begin and end, on the thread that runs them, and of what they give up. What it
/// throws is logged and ignored.
public interface RunListener {

  default void started(LiveRun run) {}

  /// The run was stopped, but user code has not reacted for 10 s, and holds the thread that runs
  /// it: the run cannot end. Called on another thread.
  default void stuck(LiveRun run, StuckStep step) {}

  /// A record went to the dead letters. Called on the thread that works on it, which waits
  /// meanwhile.
  default void deadLettered(LiveRun run, Failure failure, DeadLetter letter) {}

  /// @param failure why the run failed; null when it completed
  default void finished(LiveRun run, Summary summary, @Nullable Throwable failure) {}
}
