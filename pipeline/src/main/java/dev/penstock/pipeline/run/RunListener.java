package dev.penstock.pipeline.run;

import org.jspecify.annotations.Nullable;

/// Told when runs begin and end, on the thread that runs them. What it throws is logged and
/// ignored.
public interface RunListener {

  default void started(LiveRun run) {}

  /// @param failure why the run failed; null when it completed
  default void finished(LiveRun run, Summary summary, @Nullable Throwable failure) {}
}
