package dev.penstock.flow.engine;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs flows in this process: those that were taken from a pool, and those that the process itself
/// begins. Safe for use by several threads.
public final class RunEngine implements AutoCloseable {
  /// For what waits until somebody says so.
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration IDLE_LOOK = Duration.ofMillis(10);

  private final Store store;
  private final EngineSettings settings;
  private final TaskSlots slots;
  private final TaskThreads threads;
  private final RunSpans spans;
  private final Heartbeats heartbeats;
  private volatile @Nullable Abort abort;

  /// One that tells traces where the variables of this process say.
  public RunEngine(Store store, EngineSettings settings) {
    this(store, settings, Traces.of(System.getenv(), settings.console()::line));
  }

  public RunEngine(Store store, EngineSettings settings, Traces traces) {
    this(store, settings, true, TaskThreads.OF_JVM, traces);
  }

  /// One that renews no leases, for processes that nothing is taken from, such as those of tests.
  public static RunEngine withoutHeartbeats(Store store, EngineSettings settings) {
    return new RunEngine(store, settings, false, TaskThreads.OF_JVM);
  }

  /// One that tells no traces.
  ///
  /// @param beats whether leases are renewed by a thread; else by [#beat]
  RunEngine(Store store, EngineSettings settings, boolean beats, TaskThreads threads) {
    this(store, settings, beats, threads, Traces.NONE);
  }

  private RunEngine(
      Store store, EngineSettings settings, boolean beats, TaskThreads threads, Traces traces) {
    this.store = store;
    this.settings = settings;
    this.spans = new RunSpans(traces);
    this.slots = new TaskSlots(store);
    this.threads = threads;
    this.heartbeats = new Heartbeats(this, beats);
  }

  /// Takes a claimed run as far as it goes, on this thread: until it is over, has to wait, or is
  /// lost to another process.
  public FlowEnd run(Claimed claimed, FlowProgram program) {
    return new FlowExecution(this, claimed, program, null).run();
  }

  /// Makes a run that only this process runs, and runs it on this thread until it is over. While it
  /// waits, its body has left the thread.
  ///
  /// @throws InterruptedException when interrupted while the run waits; it stays as it is
  public FlowEnd runHere(FlowProgram program, FlowRun.Call call, @Nullable String source)
      throws InterruptedException {
    FlowRun.Origin origin = FlowRun.Origin.here(program.flow(), program.version(), source);
    FlowRun run =
        store
            .flowRuns()
            .create(
                new NewFlowRun(
                    Ids.next(settings.clock()::instant),
                    RunNames.next(RandomGenerator.getDefault()),
                    origin,
                    call,
                    null));
    return runHere(run.id(), program);
  }

  /// Runs a run of the store until it is over, as the process that began it does.
  public FlowEnd runHere(String run, FlowProgram program) throws InterruptedException {
    while (true) {
      Optional<Claimed> claimed = store.flowRuns().take(run, settings.owner(), settings.lease());
      if (claimed.isEmpty()) {
        FlowRun found =
            store
                .flowRuns()
                .find(run)
                .orElseThrow(() -> new IllegalStateException("there is no flow run " + run));
        return new FlowEnd(run, found.name(), found.state(), found.result(), null);
      }
      FlowEnd end = run(claimed.get(), program);
      if (end.state().type().isFinal() || end.state().type().isHeld()) {
        return end;
      }
      awaitTurn(run);
    }
  }

  /// Waits until a run that is not over may be looked at again.
  private void awaitTurn(String run) throws InterruptedException {
    while (true) {
      FlowRun waiting = store.flowRuns().find(run).orElseThrow();
      StateType type = waiting.state().type();
      boolean waits = type == StateType.SCHEDULED || type == StateType.PAUSED;
      Duration left = store.flowRuns().untilDue(run).orElseThrow();
      boolean paused = waiting.state().name() == StateName.PAUSED;
      if (!waits || !paused && !left.isPositive()) {
        return;
      }
      Duration pause = paused || left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
      settings.clock().sleep(pause.toNanos());
    }
  }

  /// Renews the leases of all runs once; for an engine without threads.
  void beat() {
    heartbeats.tick();
  }

  /// How all that runs here ends, since its process does.
  record Abort(StateName state, String why) {}

  /// Ends all runs of this engine, since its process is to end; whoever was asked to cancel one
  /// still sees it cancelled.
  ///
  /// @param state a final one: what they end as
  /// @param why for people
  public void abort(StateName state, String why) {
    abort = new Abort(state, why);
    heartbeats.watched().forEach(RunContext::stop);
  }

  /// Waits until nothing runs here.
  ///
  /// @return whether that came true in time
  /// @throws InterruptedException when interrupted before
  public boolean awaitIdle(Duration atMost) throws InterruptedException {
    long end = settings.clock().nanos() + atMost.toNanos();
    while (!heartbeats.watched().isEmpty()) {
      if (settings.clock().nanos() - end >= 0) {
        return false;
      }
      settings.clock().sleep(IDLE_LOOK.toNanos());
    }
    return true;
  }

  @Nullable Abort aborted() {
    return abort;
  }

  Store store() {
    return store;
  }

  EngineSettings settings() {
    return settings;
  }

  TaskThreads threads() {
    return threads;
  }

  TaskSlots slots() {
    return slots;
  }

  RunSpans spans() {
    return spans;
  }

  Heartbeats heartbeats() {
    return heartbeats;
  }

  /// Ends the threads of the engine. Runs that it still holds are others' when their leases end.
  @Override
  public void close() {
    heartbeats.close();
    spans.close();
    try {
      slots.close();
    } catch (Exception e) { // of the listening to a store that may be gone
      settings.console().line("Listening to the store did not end: " + e);
    }
  }
}
