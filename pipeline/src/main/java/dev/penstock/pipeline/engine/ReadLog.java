package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What has been read since the last cut, by chunk, so that a sequence number of the source can be
/// turned into positions. The reading thread adds, the one that makes cuts asks.
final class ReadLog implements PositionLog {
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();

  /// Up to which sequence number positions were given.
  private long cut;

  /// @param size how many records of the chunk are read; all, unless it was cut short
  private record Piece(long before, Split split, Chunk<?> chunk, int size) {
    long end() {
      return before + size;
    }
  }

  /// Notes a chunk whose first record has the sequence number `before + 1`.
  ///
  /// @param split the chunk's, by the name that the run knows it by
  synchronized void add(long before, Split split, Chunk<?> chunk) {
    if (chunk.size() > 0) {
      pieces.add(new Piece(before, split, chunk, chunk.size()));
    }
  }

  /// What is left of the last chunk behind the first `sequence` records will not be read.
  synchronized void endAt(long sequence) {
    Piece last = pieces.peekLast();
    if (last != null && last.end() > sequence) {
      pieces.removeLast();
      if (last.before < sequence) {
        pieces.add(new Piece(last.before, last.split, last.chunk, (int) (sequence - last.before)));
      }
    }
  }

  @Override
  public synchronized Map<Split, Position> upTo(long sequence) {
    Map<Split, Position> positions = new LinkedHashMap<>();
    while (!pieces.isEmpty() && pieces.getFirst().end() <= sequence) {
      Piece piece = pieces.removeFirst();
      if (piece.end() <= cut) {
        continue; // cut short behind the last cut, and perhaps somebody else's by now
      }
      positions.put(piece.split, piece.chunk.after(piece.size - 1));
    }
    cut = Math.max(cut, sequence);
    Piece part = pieces.peekFirst();
    if (part != null && part.before < sequence) {
      int index = (int) (sequence - part.before) - 1;
      positions.put(part.split, part.chunk.after(index));
    }
    return positions;
  }
}
