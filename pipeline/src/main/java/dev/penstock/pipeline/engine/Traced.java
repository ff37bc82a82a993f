package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.SourcePosition;
import org.jspecify.annotations.Nullable;

/// What knows which record of the source is behind what it hands on at the moment; of a batch or a
/// window that is the last one in it. Asked by the thread that is handed something.
interface Traced {

  /// The piece that the record of the source was read in; null where that is not known.
  @Nullable Piece piece();

  /// The sequence number of that record.
  long number();

  default @Nullable SourcePosition position() {
    Piece piece = piece();
    return piece == null ? null : piece.at(number());
  }
}
