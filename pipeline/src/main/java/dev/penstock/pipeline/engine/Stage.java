package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import org.jspecify.annotations.Nullable;

/// A step at work, pushed to by the one above. `push` and `fail` return whether more is wanted now:
/// false when the segment has stopped, or when a puller has what it asked for. Nothing here is
/// thrown but what ends the run.
abstract class Stage {

  abstract boolean push(@Nullable Object record);

  /// Takes a failure in its record's place.
  abstract boolean fail(Failure failure);

  /// Takes a cut: everything that is held back goes out before it.
  abstract void mark(Mark mark);

  /// The upstream has ended: everything that is held back goes out. Called once, and only on a good
  /// end.
  abstract void end();

  /// Called once on every exit, after all threads of the run have ended.
  void close() throws Exception {}
}
