package dev.penstock.flow.engine;

import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Renewal;
import dev.penstock.flow.store.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The sign of life of all runs that a process holds, given together by one thread. A run whose
/// lease could not be renewed in time is given up: another process may have it by then.
final class Heartbeats implements AutoCloseable {
  /// How long a line of a log may be held before it is stored.
  private static final long FLUSH_MILLIS = 200;

  private final RunEngine engine;
  private final Map<Lease, Watched> watched = new ConcurrentHashMap<>();
  private final @Nullable Thread thread;
  private volatile boolean closed;

  /// A run, and when its lease was last known to hold.
  private static final class Watched {
    private final RunContext context;
    private volatile long renewedNanos;

    Watched(RunContext context, long nanos) {
      this.context = context;
      this.renewedNanos = nanos;
    }
  }

  /// @param thread whether a thread of its own calls [#tick]
  Heartbeats(RunEngine engine, boolean thread) {
    this.engine = engine;
    this.thread =
        thread ? Thread.ofPlatform().daemon().name("penstock-heartbeat").start(this::beat) : null;
  }

  /// Ends the watching of a run.
  @FunctionalInterface
  interface Watching extends AutoCloseable {
    @Override
    void close();
  }

  Watching watch(RunContext context) {
    watched.put(context.lease(), new Watched(context, engine.settings().clock().nanos()));
    return () -> watched.remove(context.lease());
  }

  /// The runs that are going on.
  List<RunContext> watched() {
    return watched.values().stream().map(each -> each.context).toList();
  }

  private void beat() {
    long beats = Math.max(1, engine.settings().heartbeat().toMillis() / FLUSH_MILLIS);
    try {
      for (long i = 1; !closed; i++) {
        Thread.sleep(FLUSH_MILLIS);
        watched.values().forEach(each -> each.context.log().flush());
        if (i % beats == 0) {
          tick();
        }
      }
    } catch (InterruptedException e) {
      // closing
    }
  }

  /// Renews every lease once.
  void tick() {
    List<Lease> leases = new ArrayList<>(watched.keySet());
    long before = engine.settings().clock().nanos();
    List<Renewal> renewals = List.of();
    try {
      renewals =
          leases.isEmpty()
              ? List.of()
              : engine.store().flowRuns().renew(leases, engine.settings().lease());
    } catch (RuntimeException e) { // the store may be back before the leases end
      engine
          .settings()
          .console()
          .line("The leases of " + leases.size() + " runs were not renewed: " + e.getMessage());
    }
    renewals.forEach(renewal -> apply(renewal, before));
    giveUp();
  }

  private void apply(Renewal renewal, long before) {
    Watched run = watched.get(renewal.lease());
    if (run == null) {
      return;
    }
    if (!renewal.held()) {
      run.context.lose(new IllegalStateException("another process has taken it over"));
      return;
    }
    run.renewedNanos = before;
    Wanted wanted = renewal.wanted();
    if (wanted != null) {
      run.context.want(wanted);
    }
  }

  private void giveUp() {
    long oldest = engine.settings().clock().nanos() - engine.settings().lease().toNanos();
    for (Watched run : watched.values()) {
      if (run.renewedNanos - oldest < 0) {
        run.context.lose(new IllegalStateException("its lease could not be renewed in time"));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
