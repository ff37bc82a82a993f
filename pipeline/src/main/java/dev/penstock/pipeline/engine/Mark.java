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

  /// Whether the source has ended, or the run has all it wants.
  final boolean last;

  /// The split of the records that follow, where the sink keeps splits apart.
  @Nullable Split lane;

  Mark(Map<Split, Position> to, boolean last) {
    this.to = to;
    this.last = last;
  }

  /// The same as the last one: the run has all it wants.
  Mark asLast() {
    Mark ending = new Mark(to, true);
    ending.states.putAll(states);
    ending.lane = lane;
    return ending;
  }
}
