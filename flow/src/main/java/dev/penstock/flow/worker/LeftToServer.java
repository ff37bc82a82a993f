package dev.penstock.flow.worker;

import dev.penstock.flow.store.ResultFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The housekeeping of a worker behind a server, which does the rest: files of results that came
/// from there and that nobody has needed for a while. Not safe for use by several threads.
final class LeftToServer implements Housekeeping {
  private static final Duration KEPT = Duration.ofDays(7);

  /// Calls between two looks.
  private static final int LOOK_EVERY = 1000;

  private final ResultFiles files;
  private int untilLook;

  LeftToServer(ResultFiles files) {
    this.files = files;
  }

  @Override
  public void schedule() {}

  @Override
  public Duration untilNextTick(Duration most) {
    return most;
  }

  @Override
  public List<String> recover() {
    if (untilLook == 0 && files.isCache()) {
      files.deleteUnused(Instant.now().minus(KEPT));
    }
    untilLook = untilLook == 0 ? LOOK_EVERY : untilLook - 1;
    return List.of();
  }
}
