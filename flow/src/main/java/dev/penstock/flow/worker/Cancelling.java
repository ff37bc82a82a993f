package dev.penstock.flow.worker;

import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Sees to it that runs which are to be cancelled end. They hear of it by themselves; one that does
/// not end is asked again, by a signal, and then ended.
final class Cancelling {
  private final Store store;
  private final Duration grace;
  private final RunClock clock;
  private final Map<String, Long> since = new HashMap<>();

  Cancelling(Store store, Duration grace, RunClock clock) {
    this.store = store;
    this.grace = grace;
    this.clock = clock;
  }

  void look(Collection<StartedRun> running) {
    Map<String, Long> still = new HashMap<>();
    for (StartedRun run : running) {
      String id = run.workerLease().run();
      Optional<FlowRun> found = store.flowRuns().find(id);
      if (found.isPresent() && found.get().state().type() == StateType.CANCELLING) {
        long first = since.getOrDefault(id, clock.nanos());
        still.put(id, first);
        end(run, Duration.ofNanos(clock.nanos() - first));
      }
    }
    since.clear();
    since.putAll(still);
  }

  private void end(StartedRun run, Duration waited) {
    if (waited.compareTo(grace.multipliedBy(2)) > 0) {
      run.kill();
    } else if (waited.compareTo(grace) > 0) {
      run.stop();
    }
  }
}
