package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cut on its way to the sink: everything before it belongs to the unit that it ends, nothing
/// after it does. Steps that it passes add their state.
final class Mark extends Signal {
  /// Where each split has come to that moved since the mark before.
  final Map<Split, Position> to;

  final Map<String, byte[]> states = new LinkedHashMap<>();

  /// The sequence number of the source that it was made behind; where several sources meet it means
  /// nothing.
  final long sequence;

  /// Whether it is committed at once, also when it brings positions alone.
  final boolean forced;

  /// The last request when it was made.
  final long request;

  /// Whether the source has ended, or the run has all it wants.
  final boolean last;

  /// The split of the records that follow, where the sink keeps splits apart.
  @Nullable Split lane;

  Mark(Map<Split, Position> to, long sequence, boolean forced, long request, boolean last) {
    this.to = to;
    this.sequence = sequence;
    this.forced = forced;
    this.request = request;
    this.last = last;
  }

  /// A mark without positions, for which steps send out what they hold back; the next injector
  /// makes it a cut.
  static Mark flush(long sequence) {
    return new Mark(Map.of(), sequence, true, 0, false);
  }

  /// The same as the last one, when the run has all it wants, or not as the last one, when more
  /// follows of another source.
  Mark asLast(boolean last) {
    Mark other = new Mark(to, sequence, forced, request, last);
    other.states.putAll(states);
    other.lane = lane;
    return other;
  }
}
