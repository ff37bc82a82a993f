package dev.penstock.pipeline.engine;

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

  /// Notes what follows.
  synchronized void add(Piece piece) {
    pieces.add(piece);
  }

  /// What is left of the last chunk behind the first `sequence` records will not be read.
  synchronized void endAt(long sequence) {
    Piece last = pieces.peekLast();
    if (last != null && last.end() > sequence) {
      pieces.removeLast();
      if (last.before() < sequence) {
        pieces.add(
            new Piece(last.before(), last.split(), last.chunk(), (int) (sequence - last.before())));
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
      positions.put(piece.split(), piece.after(piece.end()));
    }
    cut = Math.max(cut, sequence);
    Piece part = pieces.peekFirst();
    if (part != null && part.before() < sequence) {
      positions.put(part.split(), part.after(sequence));
    }
    return positions;
  }
}
