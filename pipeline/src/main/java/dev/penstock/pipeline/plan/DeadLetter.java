package dev.penstock.pipeline.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record that failed for good, kept with what is known about it; all parts are text, so that any
/// sink can hold it.
///
/// @param pipeline the name of the pipeline, empty when it has none
/// @param step the step that failed
/// @param index how many records the step was given before this one
/// @param attempts how often the call was tried
/// @param error the class of the exception
/// @param message its message
/// @param record the record as text, for people
/// @param value the record as a text that it can be made of again; null when it cannot
/// @param at when it was given up
/// @param split the part of the source that it was made of a record of: a partition, a file; null
///   where that is not known
/// @param position which record of that part, as people look for it: `offset=17`, `line=3`; of
///   several (a batch, a window) the last one; null where that is not known
public record DeadLetter(
    String pipeline,
    String step,
    long index,
    int attempts,
    String error,
    @Nullable String message,
    @Nullable String record,
    @Nullable String value,
    Instant at,
    @Nullable String split,
    @Nullable String position) {

  /// The dead letter of a failure.
  public static DeadLetter of(String pipeline, Failure failure, Instant at) {
    Object input = failure.record();
    SourcePosition position = failure.position();
    return new DeadLetter(
        pipeline,
        failure.step(),
        failure.index(),
        failure.attempts(),
        failure.cause().getClass().getName(),
        failure.cause().getMessage(),
        input == null ? null : input.toString(),
        input == null
            ? null
            : RecordTexts.ofProcess().flatMap(texts -> texts.write(input)).orElse(null),
        at,
        position == null ? null : position.split(),
        position == null ? null : position.place());
  }
}
