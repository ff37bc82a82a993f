package dev.penstock.pipeline.plan;

import org.jspecify.annotations.Nullable;

/// A record that failed in a step. It travels on in the record's place to the nearest `catching`.
///
/// @param record what the step was given; null for a failure of the source itself
/// @param step the name of the step, as `explain()` shows it
/// @param index how many records the step was given before this one
/// @param attempts how often the call was tried, at least 1
/// @param cause what was thrown
/// @param position which record of the source it was made of, the last one where it was several (a
///   batch, a window); null where that is not known: the source has no positions, or the pipeline
///   neither catches failures nor has dead letters
public record Failure(
    @Nullable Object record,
    String step,
    long index,
    int attempts,
    Exception cause,
    @Nullable SourcePosition position) {

  /// `map(parse), record 17` with the attempts where there were several.
  public String where() {
    return step + ", record " + index + (attempts > 1 ? ", after " + attempts + " attempts" : "");
  }

  /// The cause, as the run throws it: the very exception of the user's code, with a note of the
  /// step and record index among its suppressed exceptions.
  public Exception toThrow() {
    for (Throwable suppressed : cause.getSuppressed()) {
      if (suppressed instanceof FailedAt) {
        return cause;
      }
    }
    cause.addSuppressed(new FailedAt(this));
    return cause;
  }
}
