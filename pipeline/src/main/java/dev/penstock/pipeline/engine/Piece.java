package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.plan.SourcePosition;
import org.jspecify.annotations.Nullable;

/// A chunk in the sequence of all that is read of a source; its first record has the sequence
/// number `before + 1`.
///
/// @param split the chunk's, by the name that the run knows it by
/// @param size how many records of the chunk are read; all, unless it was cut short
record Piece(long before, Split split, Chunk<?> chunk, int size) {
  long end() {
    return before + size;
  }

  /// The position behind a record of the piece.
  Position after(long sequence) {
    return chunk.after(index(sequence));
  }

  /// Where a record of the piece lies; null when its source does not say.
  @Nullable SourcePosition at(long sequence) {
    String place = chunk.place(index(sequence));
    return place == null ? null : new SourcePosition(split.id(), place);
  }

  private int index(long sequence) {
    return (int) (sequence - before) - 1;
  }
}
