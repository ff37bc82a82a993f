package dev.penstock.flow.engine;

import dev.penstock.flow.store.FlowRun;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The place in a flow run where a thread is: in its body, or inside one of its tasks. Calls are
/// numbered by place, so that a replay finds what each has returned.
final class Scope {
  static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  private final RunContext context;
  private final String path;
  private final RunLog.@Nullable TaskLabel task;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger artifacts = new AtomicInteger();
  private final @Nullable Scope around;
  private volatile boolean renewed;
  private volatile boolean abandoned;

  private Scope(
      RunContext context, String path, RunLog.@Nullable TaskLabel task, @Nullable Scope around) {
    this.around = around;
    this.context = context;
    this.path = path;
    this.task = task;
  }

  static Scope body(RunContext context) {
    return new Scope(context, "", null, null);
  }

  Scope inside(String path, RunLog.TaskLabel task) {
    return new Scope(context, path, task, this);
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
    return path + (path.isEmpty() ? "" : "/") + "%06d".formatted(calls.getAndIncrement());
  }

  /// The id of the next artifact made here, the same in each replay.
  String nextArtifact() {
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
