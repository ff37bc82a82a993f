package dev.penstock.kafka;

import java.io.Serializable;
import java.time.Instant;

/// Where a partition is read from of which no position is known.
sealed interface Start extends Serializable {

  /// With the oldest record that is there.
  record Earliest() implements Start {}

  /// With the first record that comes.
  record Latest() implements Start {}

  /// With the first record that is not older.
  record At(Instant time) implements Start {}

  /// With this record.
  record Offset(long offset) implements Start {
    public Offset {
      if (offset < 0) {
        throw new IllegalArgumentException("an offset must be at least 0, was " + offset);
      }
    }
  }
}
