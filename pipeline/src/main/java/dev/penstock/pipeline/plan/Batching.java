package dev.penstock.pipeline.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a batch is full, and what bounds the open ones.
///
/// @param size the records of a full batch, at least 1
/// @param within how long a batch may stay open; null for as long as it takes
/// @param keys how many keys may be open at once, at least 1; one more closes the oldest batch
/// @param waiting how many records may wait in all open batches, at least 1; one more closes the
///   oldest batch
public record Batching(int size, @Nullable Within within, int keys, int waiting) {
  /// The bounds where none are given.
  public static final int DEFAULT_KEYS = 10_000;

  public static final int DEFAULT_WAITING = 1_000_000;

  public Batching {
    if (size < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, was " + size);
    }
    if (keys < 1) {
      throw new IllegalArgumentException("batch keys must be at least 1, was " + keys);
    }
    if (waiting < 1) {
      throw new IllegalArgumentException("batch waiting must be at least 1, was " + waiting);
    }
  }

  /// Full at `size` records.
  public static Batching upTo(int size) {
    return new Batching(size, null, DEFAULT_KEYS, DEFAULT_WAITING);
  }

  /// The same, closed also when it has been open for this long.
  public Batching within(Duration duration) {
    return new Batching(size, new Within(duration), keys, waiting);
  }

  /// The same with another bound on keys.
  public Batching keys(int keys) {
    return new Batching(size, within, keys, waiting);
  }

  /// The same with another bound on waiting records.
  public Batching waiting(int waiting) {
    return new Batching(size, within, keys, waiting);
  }
}
