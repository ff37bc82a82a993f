package dev.penstock.pipeline.connector;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What one commit covers: for each split, where the unit begins and ends, and the state of the
/// steps at its end. A unit holds all effects of the positions it covers, and none of any other.
///
/// @param from the position committed last, absent for a split that begins here
/// @param to the position to commit
/// @param states by step name, the state to store with the position
/// @param last whether this ends the run: nothing will be written after it, and a sink that swaps a
///   staging table does so
public record Cut(
    Map<Split, Position> from, Map<Split, Position> to, Map<String, byte[]> states, boolean last) {
  /// The one cut of a run without positions, at its end.
  public static final Cut END = new Cut(Map.of(), Map.of(), Map.of(), true);

  public Cut {
    from = Map.copyOf(from);
    to = Map.copyOf(to);
    states = Map.copyOf(states);
  }

  /// What this is for one of its splits.
  public Cut only(Split split) {
    Map<Split, Position> begins = new HashMap<>(from);
    begins.keySet().retainAll(Set.of(split));
    Map<Split, Position> ends = new HashMap<>(to);
    ends.keySet().retainAll(Set.of(split));
    return new Cut(begins, ends, states, last);
  }
}
