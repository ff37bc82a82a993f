package dev.penstock.server.pages;

import java.util.concurrent.ConcurrentHashMap;

/// The runs that somebody watches. However many watch one, the store is read for all of them
/// together.
final class LiveRuns {
  private final Site site;
  private final RunReading reading;
  private final ConcurrentHashMap<String, Watched> runs = new ConcurrentHashMap<>();

  private record Watched(LiveRun run, int viewers) {}

  LiveRuns(Site site, RunReading reading) {
    this.site = site;
    this.reading = reading;
  }

  /// The run for one more viewer, who gives it back.
  LiveRun join(String run) {
    return runs.compute(
            run,
            (id, before) ->
                before == null
                    ? new Watched(new LiveRun(site, reading, id), 1)
                    : new Watched(before.run(), before.viewers() + 1))
        .run();
  }

  void leave(String run) {
    runs.computeIfPresent(
        run,
        (_, before) ->
            before.viewers() == 1 ? null : new Watched(before.run(), before.viewers() - 1));
  }

  /// How many runs are watched.
  int watched() {
    return runs.size();
  }
}
