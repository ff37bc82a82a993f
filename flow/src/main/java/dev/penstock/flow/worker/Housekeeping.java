package dev.penstock.flow.worker;

import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.List;

/// What any process may do for all, at any time: it is never wrong, and never done twice.
public final class Housekeeping {
  /// How often in a row a run may lose its process without progress before it has crashed.
  static final int AGAIN = 3;

  private static final Duration LATE = Duration.ofSeconds(15);
  private static final Duration FORGOTTEN = Duration.ofDays(7);

  private final Store store;
  private final Scheduler scheduler;

  public Housekeeping(Store store) {
    this.store = store;
    this.scheduler = new Scheduler(store);
  }

  /// Makes the runs of schedules.
  public void schedule() {
    scheduler.tick();
  }

  /// How long until a schedule has a tick; at most `most`.
  public Duration untilNextTick(Duration most) {
    return scheduler.untilNext(most);
  }

  /// Finds runs whose process is gone, and those that nobody takes.
  ///
  /// @return the ids of the former
  public List<String> recover() {
    List<String> lost = store.flowRuns().expire(AGAIN);
    store.handovers().markLate(LATE);
    store.workers().forget(FORGOTTEN);
    return lost;
  }
}
