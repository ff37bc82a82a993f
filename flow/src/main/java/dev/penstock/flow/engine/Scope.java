package dev.penstock.flow.engine;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.pipeline.run.RunThreads;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The place in a flow run where a thread is: in its body, or inside one of its tasks. Calls are
/// numbered by place, so that a replay finds what each has returned.
final class Scope {
  static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  static {
    RunThreads.add(Scope::gift);
  }

  private final RunContext context;
  private final String path;
  private final RunLog.@Nullable TaskLabel task;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger artifacts = new AtomicInteger();
  private final @Nullable Scope around;
  private final boolean beside;
  private volatile boolean renewed;
  private volatile boolean abandoned;

  private Scope(
      RunContext context,
      String path,
      RunLog.@Nullable TaskLabel task,
      @Nullable Scope around,
      boolean beside) {
    this.around = around;
    this.beside = beside;
    this.context = context;
    this.path = path;
    this.task = task;
  }

  static Scope body(RunContext context) {
    return new Scope(context, "", null, null, false);
  }

  /// The task that it is inside of; empty in the body of the flow.
  String path() {
    return path;
  }

  Scope inside(String path, RunLog.TaskLabel task) {
    return new Scope(context, path, task, this, false);
  }

  /// What the threads of a pipeline are given: they are in the same place, but those beside the
  /// thread that runs the pipeline make no calls, which would have another order in each replay.
  private static RunThreads.Gift gift() {
    if (!CURRENT.isBound()) {
      return (work, _) -> work.run();
    }
    Scope here = CURRENT.get();
    Scope beside = new Scope(here.context, here.path, here.task, here, true);
    Consumer<Runnable> block = Transaction.block();
    return (work, inTurn) ->
        ScopedValue.where(CURRENT, inTurn ? here : beside).run(() -> block.accept(work));
  }

  /// Where this thread is.
  ///
  /// @throws NoFlowRun when it is in no flow
  static Scope current() {
    if (!CURRENT.isBound()) {
      throw new NoFlowRun();
    }
    Scope scope = CURRENT.get();
    if (scope.isAbandoned()) {
      throw new Unwind.Lost(new IllegalStateException("its run has not waited for it any longer"));
    }
    return scope;
  }

  /// Nobody waits any longer for what runs here: what it calls is refused.
  void abandon() {
    abandoned = true;
  }

  private boolean isAbandoned() {
    return abandoned || (around != null && around.isAbandoned());
  }

  RunContext context() {
    return context;
  }

  RunLog.@Nullable TaskLabel task() {
    return task;
  }

  /// The place of the next call.
  String next() {
    requireTurn();
    return path + (path.isEmpty() ? "" : "/") + "%06d".formatted(calls.getAndIncrement());
  }

  private void requireTurn() {
    if (beside) {
      throw NoFlowRun.besideIt();
    }
  }

  /// The id of the next artifact made here, the same in each replay.
  String nextArtifact() {
    requireTurn();
    FlowRun run = context.run();
    String place =
        run.id() + "/" + run.generation() + "/" + path + "/" + artifacts.getAndIncrement();
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Whether a call that had failed was done again, so that what follows may differ from what was
  /// recorded.
  boolean renewed() {
    return renewed;
  }

  void renew() {
    renewed = true;
  }

  /// The same under the name of a logger.
  void log(LogLevel level, String logger, String text) {
    if (task == null) {
      context.log().write(level, logger, LogFormat.flowRun(context.run().name()), null, text);
    } else {
      context.log().write(level, logger, LogFormat.taskRun(task.name()), task.id(), text);
    }
  }

  /// A line of whatever runs here.
  void log(LogLevel level, String text) {
    if (task == null) {
      context.log().flow(level, text);
    } else {
      context.log().task(level, task, text);
    }
  }
}
