package dev.penstock.pipeline.engine;

import org.jspecify.annotations.Nullable;

/// Where a segment takes its records from, when that is not a source: what came out of the segments
/// above. One thread at a time pulls.
interface Puller extends Traced {

  /// The next record, or a [Signal]; after [Signal#END] there is nothing more.
  ///
  /// @param until when to give up waiting and return [Signal#TIMEOUT], in the run's nanoseconds;
  ///   [Long#MAX_VALUE] never; pullers that cannot wait in this way ignore it
  @Nullable Object pull(long until);

  /// For the record just pulled: the sequence number of the source up to which everything, and
  /// nothing after it, came out before. Only a greater coordinate than the last one is a place for
  /// a cut.
  long coordinate();

  /// The same where nothing is on its way; -1 when something is.
  default long idleCoordinate() {
    return -1;
  }
}
