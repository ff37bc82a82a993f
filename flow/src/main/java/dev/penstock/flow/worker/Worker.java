package dev.penstock.flow.worker;

import dev.penstock.flow.store.ClaimRequest;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.flow.store.Workers;
import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes flow runs of a work pool and sees them through. Beside that each worker does its share for
/// all: it makes the runs of schedules, and finds runs whose process is gone.
///
/// One thread calls [#run]; any may call [#drain].
public final class Worker {
  /// How long processes have to end after they were asked to.
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Store store;
  private final WorkerSettings settings;
  private final RunStarter starter;
  private final Consumer<String> console;
  private final Housekeeping housekeeping;
  private final RunClock clock;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Map<String, StartedRun> running = new LinkedHashMap<>();
  private final Set<String> lacks = new TreeSet<>();
  private final Cancelling cancelling;
  private long nextBeat;
  private volatile @Nullable Thread thread;
  private volatile boolean draining;

  /// @param files of results, which the worker looks after
  /// @param console takes lines for whoever watches the worker
  public Worker(
      Store store,
      WorkerSettings settings,
      RunStarter starter,
      ResultFiles files,
      Consumer<String> console) {
    this(store, settings, starter, Housekeeping.of(store, files), console, RunClock.SYSTEM);
  }

  /// @param clock the time it lives in
  Worker(
      Store store,
      WorkerSettings settings,
      RunStarter starter,
      Housekeeping housekeeping,
      Consumer<String> console,
      RunClock clock) {
    this.store = store;
    this.settings = settings;
    this.starter = starter;
    this.console = console;
    this.housekeeping = housekeeping;
    this.clock = clock;
    this.cancelling = new Cancelling(store, settings.times().cancel(), clock);
  }

  /// Works until [#drain], and then until its runs are over, or have been given back to the pool.
  ///
  /// @throws dev.penstock.flow.store.WorkerNameTaken when another process has its name
  /// @throws InterruptedException when interrupted; what runs is left to others
  public void run() throws InterruptedException {
    thread = Thread.currentThread();
    store
        .workers()
        .register(
            new Workers.Registration(
                settings.name(),
                settings.instance(),
                settings.pool(),
                settings.version(),
                settings.limit()),
            settings.times().lease());
    try (AutoCloseable _ = store.listenForRuns(this::wakeFor)) {
      long end = Long.MAX_VALUE;
      while (!draining || !running.isEmpty()) {
        if (draining && end == Long.MAX_VALUE) {
          end = clock.nanos() + settings.times().drain().toNanos();
        }
        if (clock.nanos() - end >= 0 && end != Long.MAX_VALUE) {
          break;
        }
        rest(step());
      }
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // closing a listener throws nothing
    } finally {
      giveBack();
      store.workers().unregister(settings.name(), settings.instance());
    }
  }

  /// Takes nothing new from now on, and ends when its runs are over, or after a time of grace.
  public void drain() {
    draining = true;
    wake();
  }

  private void wakeFor(String pool) {
    if (pool.equals(settings.pool())) {
      wake();
    }
  }

  private void wake() {
    woken.set(true);
    LockSupport.unpark(thread);
  }

  private void rest(Duration most) throws InterruptedException {
    if (!woken.get()) {
      clock.park(this, most.toNanos());
    }
    woken.set(false);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Does once all that is to be done.
  ///
  /// @return how long there is nothing more to do, unless something happens
  private Duration step() {
    try {
      if (clock.nanos() - nextBeat >= 0 || nextBeat == 0) {
        beat();
        nextBeat = clock.nanos() + settings.times().heartbeat().toNanos();
      }
      settle();
      if (!draining) {
        housekeeping.schedule();
        take();
      }
      return housekeeping.untilNextTick(settings.times().look());
    } catch (StoreUnavailable e) {
      say("the store cannot be used for now: " + e.getMessage());
      return settings.times().look();
    }
  }

  private void beat() {
    WorkerEntry.State state = draining ? WorkerEntry.State.DRAINING : WorkerEntry.State.ONLINE;
    boolean mine =
        store
            .workers()
            .beat(
                settings.name(),
                settings.instance(),
                state,
                List.copyOf(lacks),
                settings.times().lease());
    if (!mine && !draining) {
      say("another process has its name, as this one gave no sign of life for long: it ends");
      drain();
    }
    List<Lease> held = running.values().stream().map(StartedRun::workerLease).toList();
    if (!held.isEmpty()) {
      store.flowRuns().renew(held, settings.times().lease());
    }
    cancelling.look(running.values());
    housekeeping.recover().forEach(run -> say("flow run " + run + " was lost by its process"));
  }

  /// Looks which runs are over.
  private void settle() {
    for (StartedRun run : new ArrayList<>(running.values())) {
      StartedRun.Progress progress = run.progress();
      if (!(progress instanceof StartedRun.Progress.Running)) {
        running.remove(run.workerLease().run());
        settle(run, progress);
      }
    }
  }

  private void settle(StartedRun run, StartedRun.Progress progress) {
    switch (progress) {
      case StartedRun.Progress.Running _ -> {}
      case StartedRun.Progress.NoCode(String why) -> lack(run.workerLease(), why);
      case StartedRun.Progress.Refused(String why) -> {
        store.handovers().refuse(run.workerLease(), why);
        say("flow run " + run.workerLease().run() + " cannot be run: " + why);
      }
      case StartedRun.Progress.Over(String how) -> {
        boolean lost =
            store.handovers().lost(run.lease(), Housekeeping.AGAIN)
                || store.handovers().lost(run.workerLease(), Housekeeping.AGAIN);
        if (lost) {
          say("flow run " + run.workerLease().run() + " was lost: " + how);
        }
      }
    }
  }

  private void lack(Lease lease, String why) {
    store.flowRuns().find(lease.run()).map(run -> run.origin().version()).ifPresent(lacks::add);
    store
        .handovers()
        .release(lease, "worker " + settings.name() + " cannot run it: " + why, Duration.ZERO);
    say("flow run " + lease.run() + " is left to another worker: " + why);
  }

  private void take() {
    int free = settings.limit() - running.size();
    if (free <= 0) {
      return;
    }
    List<Claimed> taken =
        store
            .flowRuns()
            .claim(
                new ClaimRequest(
                    settings.instance(),
                    settings.pool(),
                    settings.queues(),
                    List.copyOf(lacks),
                    free,
                    settings.times().lease()));
    taken.forEach(this::start);
    if (taken.size() == free) {
      wake(); // there may be more, should a run be over at once
    }
  }

  private void start(Claimed claimed) {
    Lease lease = claimed.lease();
    String version = claimed.run().origin().version();
    Optional<DeployedCode> code = version == null ? Optional.empty() : store.codes().find(version);
    if (code.isEmpty()) {
      store.handovers().refuse(lease, "the store does not have the code of version " + version);
      return;
    }
    running.put(lease.run(), starter.start(claimed, code.get(), this::wake));
  }

  /// Ends what still runs, and lets others go on with it.
  private void giveBack() {
    running.values().forEach(StartedRun::stop);
    awaitOver();
    for (StartedRun run : running.values()) {
      run.kill();
      String why = "worker " + settings.name() + " has ended";
      if (store.handovers().release(run.lease(), why, Duration.ZERO)
          || store.handovers().release(run.workerLease(), why, Duration.ZERO)) {
        say("flow run " + run.workerLease().run() + " is given back to the pool");
      }
    }
    running.clear();
  }

  private void awaitOver() {
    long end = clock.nanos() + STOP.toNanos();
    try {
      while (running.values().stream().anyMatch(StartedRun::stops) && clock.nanos() - end < 0) {
        rest(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    console.accept("Worker '" + settings.name() + "' - " + line);
  }
}
