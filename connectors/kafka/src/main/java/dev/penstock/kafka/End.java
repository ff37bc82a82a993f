package dev.penstock.kafka;

import java.io.Serializable;
import java.time.Instant;

/// Where reading ends.
sealed interface End extends Serializable {

  /// Never.
  record None() implements End {}

  /// Behind the last record that is there when the run begins.
  record Now() implements End {}

  /// In front of the first record that is not older than this, or behind the last that is there
  /// when the run begins.
  record Before(Instant time) implements End {}

  /// After so many records of all partitions, or behind the last that is there when the run begins.
  record After(long records) implements End {
    public After {
      if (records < 1) {
        throw new IllegalArgumentException("records must be at least 1, was " + records);
      }
    }
  }
}
