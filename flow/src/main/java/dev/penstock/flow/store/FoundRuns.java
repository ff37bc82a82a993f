package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of flow runs with a text in their names, and how far the search for it has come.
///
/// @param runs the newest first; may be fewer than were wanted although there are more
/// @param next what the next page comes after; null when every run has been looked at
/// @param back the time up to which runs have been looked at, where the search stopped before the
///   page was full; null when it did not
public record FoundRuns(List<FlowRun> runs, @Nullable String next, @Nullable Instant back) {
  /// Through how many runs a search looks before it asks whether to go on.
  public static final int LOOK = 50_000;

  public FoundRuns {
    runs = List.copyOf(runs);
  }
}
