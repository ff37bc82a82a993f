package dev.penstock.flow.engine;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.StoredArtifact;
import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a body may call, from wherever in a flow run the calling thread is.
public final class Calls {
  private Calls() {}

  /// Calls a task on this thread.
  ///
  /// @throws NoFlowRun when this thread is in no flow run
  public static <R extends @Nullable Object> R task(TaskSettings settings, TaskWork<R> work) {
    return new TaskExecution<>(Scope.current(), settings, work).call();
  }

  /// Where this thread is, for calls that other threads make in its name.
  public static Place here() {
    return new Place(Scope.current());
  }

  /// A place in a flow run. Safe for use by several threads.
  public static final class Place {
    private final Scope scope;

    private Place(Scope scope) {
      this.scope = scope;
    }

    /// Takes the place of the next call, for a task that any thread calls later.
    public <R extends @Nullable Object> Later<R> later(TaskSettings settings, TaskWork<R> work) {
      TaskExecution<R> execution = new TaskExecution<>(scope, settings, work);
      return () -> ScopedValue.where(Scope.CURRENT, scope).call(execution::call);
    }

    /// Calls a task for each work, so many at once, and goes on after failures.
    ///
    /// @return the results, in the order of the works
    public <R extends @Nullable Object> List<R> map(
        TaskSettings settings, Iterator<TaskWork<R>> works, int concurrency) {
      if (concurrency < 1) {
        throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
      }
      Iterator<Later<R>> calls =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return works.hasNext();
            }

            @Override
            public Later<R> next() {
              return later(settings, works.next());
            }
          };
      return new FanOut<>(scope.context(), calls).run(settings.name(), concurrency);
    }

    /// Calls a task on a thread of its own, when those that it comes after are over.
    public <R extends @Nullable Object> Submitted<R> submit(
        TaskSettings settings, List<Submitted<?>> after, TaskWork<R> work) {
      Later<R> task = later(settings, after.isEmpty() ? work : new After<>(after, work));
      return Submitted.start(scope.context(), settings.name(), task);
    }
  }

  /// A task that has its place, to be called once, on any thread.
  @FunctionalInterface
  public interface Later<R extends @Nullable Object> {
    R call();
  }

  /// A line in the log of whatever runs on this thread.
  public static void log(LogLevel level, String text) {
    Scope.current().log(level, text);
  }

  /// The same under the name of a logger.
  public static void log(LogLevel level, String logger, String text) {
    Scope.current().log(level, logger, text);
  }

  /// Whether this thread is in a flow run.
  public static boolean inFlow() {
    return Scope.CURRENT.isBound();
  }

  /// The flow run that this thread is in, as it was when this process took it.
  public static FlowRun flowRun() {
    return Scope.current().context().run();
  }

  /// Leaves something for people to look at, with whatever runs on this thread.
  ///
  /// @param data a JSON value
  /// @return changes its data later
  public static ArtifactSlot artifact(
      StoredArtifact.Kind kind, String key, String description, String data) {
    return ArtifactSlot.fill(Scope.current(), kind, key, description, data);
  }

  /// Waits for slots of a global limit, and holds them until it is closed.
  public static HeldLimit limit(String name, int slots) {
    return HeldLimit.take(Scope.current(), name, slots);
  }

  /// Waits without holding a thread: the body leaves it, and is run again when what it waits for
  /// may be there. Returns only when it is.
  ///
  /// @param look gives null while it is not there
  /// @throws WaitedTooLong when that takes longer than `timeout`
  public static <R> R waitFor(Waiting waiting, TaskWork<@Nullable R> look) {
    return waits(waiting, false, look);
  }

  /// The same for what somebody will say: it is given to the task run, and the run is resumed.
  public static <R> R ask(String question, Duration timeout, TaskWork<@Nullable R> none) {
    return waits(new Waiting(question, timeout, timeout), true, none);
  }

  private static <R> R waits(Waiting waiting, boolean paused, TaskWork<@Nullable R> look) {
    RunEngine engine = Scope.current().context().engine();
    return task(
        TaskSettings.named(paused ? "ask" : "wait"), new Waits<>(waiting, paused, engine, look));
  }

  /// Calls a flow as a run of its own, on this thread.
  ///
  /// @param parameters a JSON object
  public static <R extends @Nullable Object> R subflow(
      FlowProgram program, String parameters, Format<R> format) {
    Scope caller = Scope.current();
    RunClock clock = caller.context().engine().settings().clock();
    Subflow<R> work = new Subflow<>(caller, program, parameters, format);
    return new TaskExecution<>(caller, TaskSettings.named(program.flow()), work)
        .ofSubflow(Ids.next(clock::instant))
        .call();
  }

  /// Calls what is to be taken back together: when it fails, the tasks in it that can be undone
  /// are, the last one first.
  public static <R extends @Nullable Object> R transaction(Callable<R> body) {
    Scope.current();
    return Transaction.run(body);
  }

  /// What a run waits for.
  ///
  /// @param what for people: `file is there`
  /// @param every how often to look
  /// @param timeout how long at most
  public record Waiting(String what, Duration every, Duration timeout) {
    public Waiting {
      if (!every.isPositive() || !timeout.isPositive()) {
        throw new IllegalArgumentException(
            "a wait must look every positive time, for a positive time; was every "
                + every
                + ", for "
                + timeout);
      }
    }
  }
}
