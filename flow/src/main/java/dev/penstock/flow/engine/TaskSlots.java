package dev.penstock.flow.engine;

import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.LimitUse;
import dev.penstock.flow.store.Limits;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The slots of limits that what runs in this process takes: task runs before they run, for their
/// tags and the limits that they name, until they move on; and blocks within them. Safe for use by
/// several threads.
final class TaskSlots implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

  /// Many that wait ask less often each, so that the store is not busy with them.
  private static final Duration PAUSE_FOR_EACH = Duration.ofMillis(2);

  private final Limits limits;
  private final SlotWaiters waiters;

  TaskSlots(Store store) {
    this.limits = store.limits();
    this.waiters = new SlotWaiters(store);
  }

  /// Who asks for slots.
  ///
  /// @param id of the task run, or of a block
  /// @param label for people: `task run 'load-0'`
  record Holder(String id, String label) {}

  /// Waits until a holder has slots of each of these limits that there is.
  ///
  /// @param why told once why it has to wait, if it has to
  void await(RunContext context, Holder holder, List<SlotDemand> wanted, Consumer<String> why)
      throws InterruptedException {
    if (wanted.isEmpty()) {
      return;
    }
    String label = holder.label() + " of flow run '" + context.run().name() + "'";
    Optional<String> reason = limits.acquire(context.lease(), holder.id(), label, wanted);
    if (reason.isEmpty()) {
      return;
    }
    why.accept(reason.get());
    List<LimitKey> keys = wanted.stream().map(SlotDemand::key).toList();
    Duration pause = pause(keys);
    Interruptible stopping = context.work();
    try (SlotWaiters.Waiter waiter = waiters.join(keys)) {
      while (limits.acquire(context.lease(), holder.id(), label, wanted).isPresent()) {
        context.checkpoint();
        waiter.sleep(
            context.engine().settings().clock(),
            pause.plus(PAUSE_FOR_EACH.multipliedBy(waiters.count())));
      }
    } finally {
      context.done(stopping);
    }
  }

  /// Nobody tells of a slot that has stayed taken for a while after it was given back.
  private Duration pause(List<LimitKey> keys) {
    return keys.stream()
        .flatMap(key -> limits.find(key).stream())
        .map(LimitUse::limit)
        .filter(limit -> limit.decay().isPositive())
        .map(limit -> limit.decay().dividedBy(4L * Math.max(1, limit.slots())))
        .map(wanted -> wanted.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wanted)
        .filter(wanted -> wanted.compareTo(PAUSE) < 0)
        .min(Duration::compareTo)
        .orElse(PAUSE);
  }

  /// Gives back what a block holds.
  void release(RunContext context, Holder holder) {
    limits.release(context.lease(), holder.id());
  }

  @Override
  public void close() throws Exception {
    waiters.close();
  }
}
