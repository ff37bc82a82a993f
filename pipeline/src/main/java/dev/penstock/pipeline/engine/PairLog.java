package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the two inputs of a `zip` stood, by a sequence number of its own: it grows wherever a unit
/// may end. The zipping thread adds, the one that makes cuts asks.
final class PairLog implements PositionLog {
  private final PositionLog left;
  private final PositionLog right;
  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private long sequence;

  /// @param left the sequence number of the left source up to which everything, and nothing after
  ///   it, came out before
  private record Place(long sequence, long left, long right) {}

  PairLog(PositionLog left, PositionLog right) {
    this.left = left;
    this.right = right;
  }

  /// Notes that a unit may end here.
  ///
  /// @return the sequence number of this place
  synchronized long add(long left, long right) {
    places.add(new Place(++sequence, left, right));
    return sequence;
  }

  @Override
  public synchronized Map<Split, Position> upTo(long sequence) {
    Place at = null;
    while (!places.isEmpty() && places.getFirst().sequence <= sequence) {
      at = places.removeFirst();
    }
    return at == null ? Map.of() : positions(at);
  }

  private Map<Split, Position> positions(Place at) {
    Map<Split, Position> positions = new LinkedHashMap<>(left.upTo(at.left));
    positions.putAll(right.upTo(at.right));
    return positions;
  }
}
