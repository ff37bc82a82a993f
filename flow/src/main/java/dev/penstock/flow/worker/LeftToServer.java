package dev.penstock.flow.worker;

import java.time.Duration;
import java.util.List;

/// The housekeeping of a worker behind a server: nothing, since the server does it.
record LeftToServer() implements Housekeeping {
  @Override
  public void schedule() {}

  @Override
  public Duration untilNextTick(Duration most) {
    return most;
  }

  @Override
  public List<String> recover() {
    return List.of();
  }
}
