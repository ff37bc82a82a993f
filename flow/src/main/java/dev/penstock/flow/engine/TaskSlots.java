package dev.penstock.flow.engine;

import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The slots that task runs of this process take, for their tags, before they run. They go back
/// when the task run moves on. Safe for use by several threads.
final class TaskSlots {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /// Many that wait ask less often each, so that the store is not busy with them.
  private static final Duration PAUSE_FOR_EACH = Duration.ofMillis(2);

  private final Limits limits;
  private final AtomicInteger waiting = new AtomicInteger();

  TaskSlots(Limits limits) {
    this.limits = limits;
  }

  /// Waits until a task run has a slot of each limit on its tags.
  ///
  /// @param why told once why it has to wait, if it has to
  void await(RunContext context, RunLog.TaskLabel task, List<String> tags, Consumer<String> why)
      throws InterruptedException {
    if (tags.isEmpty()) {
      return;
    }
    List<LimitKey> keys = tags.stream().map(LimitKey::tag).toList();
    String label = "task run '" + task.name() + "' of flow run '" + context.run().name() + "'";
    Optional<String> reason = limits.acquire(context.lease(), task.id(), label, keys);
    if (reason.isEmpty()) {
      return;
    }
    why.accept(reason.get());
    Interruptible pause = context.work();
    waiting.incrementAndGet();
    try {
      do {
        context.checkpoint();
        Duration next = PAUSE.plus(PAUSE_FOR_EACH.multipliedBy(waiting.get()));
        context.engine().settings().clock().sleep(next.toNanos());
      } while (limits.acquire(context.lease(), task.id(), label, keys).isPresent());
    } finally {
      waiting.decrementAndGet();
      context.done(pause);
    }
  }
}
