package dev.penstock.flow.engine;

import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.Wanted;
import dev.penstock.pipeline.run.Cancellation;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A flow run in the process that holds it: its lease, what others want of it, and what works for
/// it. Safe for use by several threads.
final class RunContext {
  private final RunEngine engine;
  private final FlowRun run;
  private final Lease lease;
  private final FlowProgram program;
  private final boolean begunBefore;
  private final @Nullable RunContext parent;
  private final RunLog log;
  private final Cancellation cancellation = new Cancellation();
  private final Set<Interruptible> working = ConcurrentHashMap.newKeySet();
  private final Queue<Submitted<?>> submitted = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> callsByTask = new ConcurrentHashMap<>();
  private volatile @Nullable Wanted wanted;
  private volatile @Nullable Throwable lost;
  private volatile @Nullable Throwable unasked;

  /// @param parent of a subflow: the run that called it
  RunContext(RunEngine engine, Claimed claimed, FlowProgram program, @Nullable RunContext parent) {
    this.engine = engine;
    this.run = claimed.run();
    this.lease = claimed.lease();
    this.program = program;
    this.begunBefore = claimed.begunBefore();
    this.parent = parent;
    this.log = new RunLog(engine.store().logs(), engine.settings(), run.id(), run.name());
  }

  RunEngine engine() {
    return engine;
  }

  Store store() {
    return engine.store();
  }

  FlowRun run() {
    return run;
  }

  Lease lease() {
    return lease;
  }

  FlowProgram program() {
    return program;
  }

  /// Whether the store may know calls of this run from a process before.
  boolean begunBefore() {
    return begunBefore;
  }

  RunLog log() {
    return log;
  }

  /// The next name of a run of this task: `extract-0`, then `extract-1`.
  String nameOf(String task) {
    return task
        + "-"
        + callsByTask.computeIfAbsent(task, _ -> new AtomicInteger()).getAndIncrement();
  }

  /// Begins work of this thread that can be interrupted when the run has to stop.
  Interruptible work() {
    Interruptible work = new Interruptible();
    working.add(work);
    if (stopping()) {
      work.interrupt();
    }
    return work;
  }

  void done(Interruptible work) {
    working.remove(work);
    work.close();
  }

  void submitted(Submitted<?> task) {
    submitted.add(task);
  }

  /// Waits for every task that was submitted.
  ///
  /// @throws InterruptedException when this thread is; the tasks are, too, and are waited for
  void join() throws InterruptedException {
    InterruptedException interrupt = null;
    while (true) {
      Submitted<?> next = submitted.peek();
      if (next == null) {
        break;
      }
      try {
        next.join();
        submitted.remove();
        next.unasked().ifPresent(this::fail);
      } catch (InterruptedException e) {
        if (interrupt == null) {
          interrupt = e;
          stop(); // which interrupts this thread, too: once more is no news
        }
      }
    }
    if (interrupt != null) {
      throw interrupt;
    }
  }

  private void fail(Throwable failure) {
    if (unasked == null) {
      unasked = failure;
    }
  }

  /// The first failure of a submitted task that nobody has asked for; null for none.
  @Nullable Throwable unasked() {
    return unasked;
  }

  /// Ends when the run has to stop.
  Cancellation cancellation() {
    return cancellation;
  }

  /// Somebody asks something of the run.
  void want(Wanted asked) {
    wanted = asked;
    if (asked == Wanted.CANCEL) {
      stop();
    }
  }

  /// The run is another's now.
  void lose(Throwable why) {
    if (lost == null) {
      lost = why;
    }
    stop();
  }

  /// Interrupts all that works for the run.
  void stop() {
    cancellation.cancel();
    working.forEach(Interruptible::interrupt);
  }

  boolean stopping() {
    return lost != null || wanted == Wanted.CANCEL || engine.aborted() != null;
  }

  /// Stops the body where it must not go on.
  void checkpoint() {
    if (parent != null) {
      parent.checkpoint();
    }
    Throwable why = lost;
    if (why != null) {
      throw new Unwind.Lost(why);
    }
    if (wanted == Wanted.CANCEL) {
      throw new Unwind.Cancelled();
    }
    RunEngine.Abort abort = engine.aborted();
    if (abort != null) {
      throw new Unwind.Aborted(abort.state(), abort.why());
    }
    if (wanted == Wanted.PAUSE) {
      throw new Unwind.Waits(true, RunEngine.NEVER, "paused");
    }
  }

  /// What to make of an interrupt of a thread that works for this run.
  RuntimeException interrupted(InterruptedException e) {
    checkpoint();
    Thread.currentThread().interrupt();
    return Thrown.unchecked(e);
  }
}
