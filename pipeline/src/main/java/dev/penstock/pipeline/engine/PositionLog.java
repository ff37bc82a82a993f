package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.Map;

/// Turns the sequence numbers of a source, or of a step that stands for several, into positions.
interface PositionLog {

  /// The positions behind the first `sequence` records, of the splits that have moved since this
  /// was asked before.
  Map<Split, Position> upTo(long sequence);
}
