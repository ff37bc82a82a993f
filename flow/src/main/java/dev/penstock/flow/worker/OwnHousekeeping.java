package dev.penstock.flow.worker;

import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Retention;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.List;

/// The housekeeping of a process that has the database.
final class OwnHousekeeping implements Housekeeping {
  private static final Duration LATE = Duration.ofSeconds(15);
  private static final Duration FORGOTTEN = Duration.ofDays(7);

  /// How many calls of [#recover] go by between looks for what need not be kept.
  private static final int LOOK_EVERY = 20;

  private final Store store;
  private final Scheduler scheduler;
  private final Retention retention;
  private int untilLook;

  OwnHousekeeping(Store store, ResultFiles files) {
    this(store, store.retention(store.retentionSetting()::get, files));
  }

  /// Where results are no files.
  OwnHousekeeping(Store store) {
    this(store, store.retention(store.retentionSetting()::get));
  }

  private OwnHousekeeping(Store store, Retention retention) {
    this.store = store;
    this.scheduler = new Scheduler(store);
    this.retention = retention;
  }

  @Override
  public void schedule() {
    scheduler.tick();
  }

  @Override
  public Duration untilNextTick(Duration most) {
    return scheduler.untilNext(most);
  }

  @Override
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
