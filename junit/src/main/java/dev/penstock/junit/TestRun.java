package dev.penstock.junit;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A flow run under test: where it is, what its tasks did, and what is done to it.
public final class TestRun {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAGE = 1000;

  private final TestFlows flows;
  private final FlowProgram program;
  private final String id;
  private final String name;
  private final int crashAfter;
  private final Semaphore changed = new Semaphore(0);
  private volatile boolean crashes;
  private volatile @Nullable TestProcess process;
  private volatile @Nullable Throwable failure;
  private @Nullable Thread thread;

  /// @param crashAfter so many tasks; null for never
  TestRun(TestFlows flows, FlowProgram program, FlowRun run, @Nullable Integer crashAfter) {
    this.flows = flows;
    this.program = program;
    this.id = run.id();
    this.name = run.name();
    this.crashes = crashAfter != null;
    this.crashAfter = crashAfter == null ? 0 : crashAfter;
    flows.add(this);
  }

  /// Runs it on this thread; time leaps.
  void goOn() {
    try (TestTime.Leaping _ = flows.time().leap()) {
      drive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }

  /// Runs it on a thread of its own.
  void begin() {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("flow run " + name)
            .start(() -> {
              try {
                drive();
              } catch (InterruptedException e) {
                // the test is over
              }
            });
  }

  /// Until it is over, is paused, or its process has crashed.
  private void drive() throws InterruptedException {
    TestProcess mine = flows.process();
    process = mine;
    while (true) {
      Optional<Claimed> claimed = store().flowRuns().take(id, mine.owner(), mine.lease());
      if (claimed.isEmpty()) {
        return;
      }
      FlowEnd end = mine.engine().run(claimed.get(), program);
      if (mine.isDead()) {
        changed.release();
        return;
      }
      failure = end.failure();
      if (end.state().type().isFinal() || end.state().name() == StateName.PAUSED) {
        return;
      }
      long now = flows.time().nanos();
      flows.time().sleepUntil(now + store().flowRuns().untilDue(id).orElseThrow().toNanos());
    }
  }

  /// Something was committed by the process.
  void committed() {
    changed.release();
    TestProcess mine = process;
    if (crashes && mine != null && isDue()) {
      crashes = false;
      mine.kill();
    }
  }

  private boolean isDue() {
    return state().type() == StateType.RUNNING
        && taskRuns().stream().filter(each -> each.state().type().isFinal()).count() >= crashAfter;
  }

  /// Ends it with the test.
  void stop() {
    Thread mine = thread;
    if (mine != null) {
      mine.interrupt();
      try {
        mine.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Its id in the store.
  public String id() {
    return id;
  }

  /// Where it is. One whose process has crashed is still taken to be Running.
  public StateName state() {
    return found().state().name();
  }

  private FlowRun found() {
    return store().flowRuns().find(id).orElseThrow();
  }

  private Store store() {
    return flows.store();
  }

  /// Where its tasks are, by their names, `extract-0`, in the order in which they were called.
  /// Those of subflows are of the runs of these.
  public Map<String, StateName> tasks() {
    Map<String, StateName> states = new LinkedHashMap<>();
    taskRuns().forEach(each -> states.put(each.key().name(), each.state().name()));
    return states;
  }

  /// Every state that a task was in.
  public List<StateName> history(String task) {
    return taskRuns().stream()
        .filter(each -> each.key().name().equals(task))
        .findFirst()
        .map(each -> store().taskRuns().history(each.id()))
        .orElseThrow(
            () -> new IllegalArgumentException("there is no task run \"" + task + "\" in\n" + this))
        .stream()
        .map(State::name)
        .toList();
  }

  private List<TaskRun> taskRuns() {
    int generation = found().generation();
    List<TaskRun> all = new ArrayList<>();
    while (true) {
      String after = all.isEmpty() ? "" : all.getLast().key().path() + " ";
      List<TaskRun> page = store().taskRuns().of(id, generation, after, PAGE);
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
    }
  }

  /// The lines of its log, with those of its tasks: `INFO | …`.
  public List<String> log() {
    return store().logs().of(id, 0, 100_000).stream()
        .map(line -> "%-7s | %s".formatted(line.level(), line.text()))
        .toList();
  }

  /// What it failed with; empty when it did not.
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /// Holds that it is Completed.
  ///
  /// @throws AssertionError when it is not, with its log
  public TestRun completed() {
    if (state() != StateName.COMPLETED) {
      throw new AssertionError("should be Completed:\n" + this, failure);
    }
    return this;
  }

  /// What it returned.
  ///
  /// @throws AssertionError when it is not Completed
  public <R> @Nullable R result(Class<R> type) {
    String kept = completed().found().result();
    return kept == null ? null : type.cast(ValueCodec.of(type).read(kept));
  }

  /// Whether its process has crashed, and no other has taken it over.
  public boolean crashed() {
    TestProcess mine = process;
    return mine != null && mine.isDead() && !found().state().type().isFinal();
  }

  /// Another process goes on with it: its body runs again from the start, and gets from the tasks
  /// that were over what they returned. On this thread, until it is over or is paused; time leaps.
  public TestRun takeOver() {
    if (!crashed()) {
      throw new IllegalStateException("its process has not crashed:\n" + this);
    }
    goOn();
    return this;
  }

  /// Answers what it asks, and goes on with it on this thread.
  public TestRun answer(Object answer) {
    List<TaskRun> asking = store().search().newestTaskRuns(id, StateName.PAUSED, 1);
    if (asking.isEmpty()) {
      throw new IllegalStateException("it asks nothing:\n" + this);
    }
    store()
        .taskRuns()
        .answer(asking.getFirst().id(), ValueCodec.of(answer.getClass()).write(answer));
    store().flowRuns().resume(id);
    goOn();
    return this;
  }

  /// Waits until a run that was started is in this state.
  ///
  /// @throws AssertionError when that takes longer than ten real seconds
  public TestRun await(StateName state) {
    return await("it should come to be " + state, () -> state() == state);
  }

  /// Waits until a task of it is in this state.
  ///
  /// @throws AssertionError when that takes longer than ten real seconds
  public TestRun await(String task, StateName state) {
    return await(task + " should come to be " + state, () -> tasks().get(task) == state);
  }

  /// Waits until its process has crashed.
  ///
  /// @throws AssertionError when that takes longer than ten real seconds
  public TestRun awaitCrash() {
    return await("its process should crash", this::crashed);
  }

  /// Waits until something holds, which is looked at whenever the store knows more.
  ///
  /// @throws AssertionError when that takes longer than ten real seconds
  public TestRun await(BooleanSupplier reached) {
    return await("what is waited for should come", reached);
  }

  private TestRun await(String wish, BooleanSupplier reached) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (; !reached.getAsBoolean(); changed.drainPermits()) {
        boolean over = found().state().type().isFinal() && !reached.getAsBoolean();
        if (over || !changed.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new AssertionError(wish + ":\n" + this);
        }
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }

  /// Its state, its tasks and its log.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("flow run '").append(name).append("' is ").append(found().state());
    tasks().forEach((task, state) -> text.append("\n  ").append(task).append(' ').append(state));
    log().forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
