package dev.penstock.pipeline.plan;

import java.time.Duration;

/// When a resumable run commits: after so many records or so long, whichever comes first.
///
/// @param records written since the last commit, at least 1
/// @param within at most so long after the last commit, where records have been written
public record Commit(long records, Duration within) {
  /// After 100,000 records or 5 s.
  public static final Commit DEFAULT = new Commit(100_000, Duration.ofSeconds(5));

  public Commit {
    if (records < 1) {
      throw new IllegalArgumentException("commit records must be at least 1, was " + records);
    }
    if (!within.isPositive()) {
      throw new IllegalArgumentException("commit within must be positive, was " + within);
    }
  }
}
