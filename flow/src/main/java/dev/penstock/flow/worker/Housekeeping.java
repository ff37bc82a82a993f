package dev.penstock.flow.worker;

import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Retention;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.List;

/// What any process may do for all, at any time: it is never wrong, and never done twice. For one
/// thread.
public final class Housekeeping {
  /// How often in a row a run may lose its process without progress before it has crashed.
  static final int AGAIN = 3;

  private static final Duration LATE = Duration.ofSeconds(15);
  private static final Duration FORGOTTEN = Duration.ofDays(7);

  /// How many calls of [#recover] go by between looks for what need not be kept.
  private static final int LOOK_EVERY = 20;

  private final Store store;
  private final Scheduler scheduler;
  private final Retention retention;
  private int untilLook;

  /// @param files of results, of which those go that no run needs any more
  public Housekeeping(Store store, ResultFiles files) {
    this(store, store.retention(store.retentionSetting()::get, files));
  }

  /// Where results are no files.
  Housekeeping(Store store) {
    this(store, store.retention(store.retentionSetting()::get));
  }

  private Housekeeping(Store store, Retention retention) {
    this.store = store;
    this.scheduler = new Scheduler(store);
    this.retention = retention;
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
    clean();
    return lost;
  }

  /// Deletes runs that need not be kept: some now, and more with the next call while there are any.
  private void clean() {
    if (untilLook > 0) {
      untilLook--;
    } else if (retention.tick() == 0) {
      untilLook = LOOK_EVERY;
    }
  }
}
