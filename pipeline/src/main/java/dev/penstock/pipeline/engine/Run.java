package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.DeadlineExceeded;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunClock;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.RunThreads;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.StuckStep;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run: its threads, what has to be closed, and why it was stopped. Nothing outlives [#close].
final class Run implements LiveRun {
  private static final System.Logger LOG = System.getLogger("dev.penstock.pipeline");
  private static final int MOST_SUPPRESSED = 100;

  final RunClock clock;

  /// Whether failures are to say which records of the source they are about, so that each record is
  /// traced through threads and queues.
  final boolean traces;

  final Gauges gauges = new Gauges();
  private final RunThreads.Gift gift = RunThreads.take();
  private final Step plan;
  private final List<RunListener> listeners;
  private final String name;
  private final Instant startedAt;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();
  private volatile @Nullable RuntimeException stopped;
  private volatile boolean closing;
  private @Nullable Thread caller;
  private boolean callerInterrupted;

  /// Whether anything of what a group handed out was committed.
  volatile boolean hasCommitted;

  private @Nullable Exception atEnd;
  private int keptForEnd;

  Run(Step plan, String name, RunOptions options, List<RunListener> listeners) {
    this.plan = plan;
    this.listeners = listeners;
    this.name = name;
    this.clock = options.clock();
    this.traces = catches(plan);
    this.startedAt = clock.instant();
    Duration deadline = options.deadline();
    if (deadline != null) {
      start(
          "deadline",
          () -> {
            clock.sleep(Durations.nanos(deadline));
            stop(
                new DeadlineExceeded(
                    "the run took longer than its deadline of " + Durations.text(deadline)));
          });
    }
  }

  private static boolean catches(Step step) {
    return step instanceof Step.Catching
        || (step instanceof Step.To to && to.rejected() != null)
        || step.upstreams().stream().anyMatch(Run::catches);
  }

  /// Something a thread of the run does; interruption ends it.
  interface Work {
    void run() throws Exception;
  }

  // Threads and stopping

  /// Starts a virtual thread that is interrupted and joined when the run closes.
  void start(String role, Work work) {
    start(role, work, false);
  }

  /// Starts one that takes turns with the thread that started it: one of the two waits.
  void startInTurn(String role, Work work) {
    start(role, work, true);
  }

  private void start(String role, Work work, boolean inTurn) {
    Thread thread =
        Thread.ofVirtual()
            .name("penstock-" + role)
            .unstarted(() -> gift.run(() -> work(work), inTurn));
    thread.start(); // before it is known: one that has not begun cannot be joined
    threads.add(thread);
    if (!thread.isAlive()) {
      threads.remove(thread);
    }
    if (closing) {
      thread.interrupt();
    }
  }

  private void work(Work work) {
    try {
      work.run();
    } catch (InterruptedException closing) {
      // the run is over
    } catch (Exception e) {
      stop(e instanceof RuntimeException r ? r : new IllegalStateException(e));
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /// Does something again and again, until the run closes.
  void every(Duration interval, Runnable action) {
    long nanos = Durations.nanos(interval);
    start(
        "timer",
        () -> {
          while (!closing) {
            clock.sleep(nanos);
            action.run();
          }
        });
  }

  Watch watch(String step, Duration timeout, Consumer<Throwable> onStuck) {
    Watch watch = new Watch(clock, step, timeout, onStuck);
    if (watches.isEmpty()) {
      long look = Math.clamp(Durations.nanos(timeout) / 20, 1_000_000L, 100_000_000L);
      every(Duration.ofNanos(look), () -> watches.forEach(Watch::look));
    }
    watches.add(watch);
    return watch;
  }

  /// Puts a signal where the taker finds it, however full the queue is, unless the run is over.
  void offer(BlockingQueue<Object> queue, Signal signal) {
    Thread.interrupted();
    try {
      while (!closing && !queue.offer(signal, 50, TimeUnit.MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /// Throws when the run has been stopped from outside.
  void check() {
    RuntimeException cause = stopped;
    if (cause != null) {
      throw cause;
    }
  }

  /// Throws when the thread has been interrupted.
  void checkInterrupt() {
    if (Thread.interrupted()) {
      check();
      throw Sneaky.raise(new InterruptedException());
    }
  }

  @Override
  public void cancel() {
    stop(new RunCancelled("the run was cancelled"));
  }

  synchronized void stop(RuntimeException cause) {
    if (stopped != null || closing) {
      return;
    }
    stopped = cause;
    threads.forEach(Thread::interrupt);
    start("waker", () -> wakers.forEach(Runnable::run));
    if (caller != null) {
      caller.interrupt();
      callerInterrupted = true;
      start("watchdog", this::watchCaller);
    }
  }

  /// Tells of a calling thread that user code does not give back; only its owner can do more.
  private void watchCaller() throws InterruptedException {
    Thread.sleep(Watch.GRACE);
    Thread stuck = stuckCaller();
    if (stuck != null) {
      StuckStep step = new StuckStep("the pipeline", stuck);
      LOG.log(System.Logger.Level.ERROR, step.getMessage(), step);
      listeners.forEach(listener -> listener.stuck(this, step));
    }
  }

  private synchronized @Nullable Thread stuckCaller() {
    return closing ? null : caller;
  }

  /// The calling thread works for the run from here on, and is interrupted when it is stopped.
  synchronized void enter() {
    caller = Thread.currentThread();
  }

  /// The calling thread is its own again.
  synchronized void leave() {
    caller = null;
    if (callerInterrupted) {
      Thread.interrupted();
      callerInterrupted = false;
    }
  }

  /// What a run that failed with this should throw: the reason why it was stopped, where that made
  /// it fail.
  Throwable reason(Throwable failure) {
    RuntimeException cause = stopped;
    if (cause != null) {
      return cause;
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new RunCancelled("the thread of the run was interrupted");
    }
    return failure;
  }

  // What it holds

  void onClose(AutoCloseable closeable) {
    synchronized (closeables) {
      closeables.push(closeable);
    }
  }

  /// Called when the run is stopped or closes, to wake a thread that waits where no interruption
  /// reaches it.
  void onStop(Runnable waker) {
    wakers.add(waker);
  }

  void onClose(Stage stage) {
    stages.add(stage);
  }

  Pacer pacer(Limiter limiter) {
    return Pacers.of(limiter, clock);
  }

  /// Keeps a failure that was caught, to throw it when all is done.
  synchronized void failAtEnd(Exception failure) {
    if (atEnd == null) {
      atEnd = failure;
    } else if (failure != atEnd && keptForEnd++ < MOST_SUPPRESSED) {
      atEnd.addSuppressed(failure);
    }
  }

  /// The failure that was kept for the end, once.
  synchronized @Nullable Exception takeAtEnd() {
    Exception kept = atEnd;
    atEnd = null;
    return kept;
  }

  /// Interrupts and joins all threads, then closes everything once, whatever fails.
  ///
  /// @return the failure to throw: `failure`, or the first that came up here when there was none
  @Nullable Throwable close(@Nullable Throwable failure) {
    Throwable result = failure;
    closing = true;
    boolean interrupted = Thread.interrupted();
    if (failure instanceof StuckStep known) {
      threads.remove(known.thread()); // it has had its time
    }
    for (Thread stuck : join()) {
      result = and(result, new StuckStep(stuck.getName(), stuck));
    }
    for (Stage stage : stages) {
      result = closing(result, stage::close);
    }
    synchronized (closeables) {
      while (!closeables.isEmpty()) {
        result = closing(result, closeables.pop());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  private List<Thread> join() {
    threads.forEach(Thread::interrupt);
    wakers.forEach(Runnable::run);
    long until = System.nanoTime() + Watch.GRACE.toNanos();
    List<Thread> stuck = new ArrayList<>();
    for (Thread thread : threads) {
      try {
        if (!thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
          stuck.add(thread);
        }
      } catch (InterruptedException e) {
        // closing goes on: nothing may outlive the run
      }
    }
    return stuck;
  }

  private static @Nullable Throwable closing(@Nullable Throwable failure, AutoCloseable closeable) {
    try {
      closeable.close();
      return failure;
    } catch (Throwable t) {
      return and(failure, t);
    }
  }

  private static Throwable and(@Nullable Throwable first, Throwable more) {
    if (first == null) {
      return more;
    }
    if (first != more) {
      first.addSuppressed(more);
    }
    return first;
  }

  Summary summary(Duration elapsed) {
    long in = 0;
    long failed = 0;
    long retried = 0;
    long deadLettered = 0;
    List<Meter> meters = gauges.meters();
    for (Meter meter : meters) {
      in += meter.step instanceof Step.Origin ? meter.out() : 0;
      failed += meter.failed;
      retried += meter.retried;
      deadLettered += meter.deadLettered;
    }
    long out = meters.isEmpty() ? 0 : meters.getLast().out();
    return new Summary(
        name,
        in,
        out,
        failed,
        retried,
        deadLettered,
        gauges.allBytes(),
        elapsed,
        gauges.summaries());
  }

  // For whoever watches

  void deadLettered(Failure failure, DeadLetter letter) {
    LocalEngine.tell(listeners, listener -> listener.deadLettered(this, failure, letter));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String plan() {
    return Explain.plan(plan);
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public List<StepStatus> steps() {
    return gauges.statuses();
  }

  @Override
  public OptionalLong lag() {
    return gauges.lag();
  }

  @Override
  public OptionalLong size() {
    return gauges.size();
  }
}
