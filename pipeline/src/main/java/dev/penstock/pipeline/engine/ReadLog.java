package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What has been read since the last cut, by chunk, so that a sequence number of the source can be
/// turned into positions. The reading thread adds, the one that makes cuts asks.
final class ReadLog {
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();

  private record Piece(long before, Chunk<?> chunk) {
    long end() {
      return before + chunk.size();
    }
  }

  /// Notes a chunk whose first record has the sequence number `before + 1`.
  synchronized void add(long before, Chunk<?> chunk) {
    if (chunk.size() > 0) {
      pieces.add(new Piece(before, chunk));
    }
  }

  /// The positions behind the first `sequence` records, of the splits that have moved since this
  /// was asked before.
  synchronized Map<Split, Position> upTo(long sequence) {
    Map<Split, Position> positions = new LinkedHashMap<>();
    while (!pieces.isEmpty() && pieces.getFirst().end() <= sequence) {
      Chunk<?> chunk = pieces.removeFirst().chunk;
      positions.put(chunk.split(), chunk.after(chunk.size() - 1));
    }
    Piece part = pieces.peekFirst();
    if (part != null && part.before < sequence) {
      int index = (int) (sequence - part.before) - 1;
      positions.put(part.chunk.split(), part.chunk.after(index));
    }
    return positions;
  }
}
