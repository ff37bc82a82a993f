package dev.penstock.flow.engine;

import dev.penstock.flow.store.Fenced;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.flow.store.StoreUnavailable;
import java.util.List;
import java.util.Locale;

/// Slots of a limit, held from its making until it is closed, or until its run is over or lost.
public final class HeldLimit implements AutoCloseable {
  private final RunContext context;
  private final TaskSlots.Holder holder;

  private HeldLimit(RunContext context, TaskSlots.Holder holder) {
    this.context = context;
    this.holder = holder;
  }

  static HeldLimit take(Scope scope, String name, int slots) {
    RunContext context = scope.context();
    LimitKey key = LimitKey.global(name);
    List<SlotDemand> wanted = List.of(new SlotDemand(key, slots));
    context.checkpoint();
    if (context.store().limits().find(key).isEmpty()) {
      scope.log(
          LogLevel.WARNING,
          "There is no limit \"" + name + "\", so that nothing is held back by it");
    }
    RunLog.TaskLabel task = scope.task();
    TaskSlots.Holder holder =
        new TaskSlots.Holder(
            Ids.next(context.engine().settings().clock()::instant),
            task == null ? "the body" : "task run '" + task.name() + "'");
    try {
      context.engine().slots().await(context, holder, wanted, why -> waits(scope, why));
    } catch (InterruptedException e) {
      throw context.interrupted(e);
    } catch (Fenced | StoreUnavailable e) {
      context.lose(e);
      throw new Unwind.Lost(e);
    }
    return new HeldLimit(context, holder);
  }

  private static void waits(Scope scope, String why) {
    scope.log(LogLevel.INFO, why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
  }

  /// Gives it back. Where the run is another's, that has freed it already.
  @Override
  public void close() {
    try {
      context.engine().slots().release(context, holder);
    } catch (Fenced | StoreUnavailable e) {
      context.lose(e);
    }
  }
}
