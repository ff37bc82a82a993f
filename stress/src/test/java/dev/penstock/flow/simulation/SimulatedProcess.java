package dev.penstock.flow.simulation;

import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.SimulatedDatabase;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.pipeline.run.RunClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A process of a simulated world: its clock, its way to the store, and whether it still lives.
final class SimulatedProcess implements SimulatedDatabase.Traffic {
  private static final long SLICE = 2 * World.SECOND;
  private static final long FOR_EVER = 1_000_000 * World.SECOND;
  private static final long PATIENCE = 10 * World.SECOND;

  private final World world;
  private final String name;
  private final @Nullable Runnable afterwards;
  private final SimulatedDatabase.Process database;
  private final long skewSeconds;
  private @Nullable Lease starting;
  private boolean alive = true;
  private long stoppedUntil;
  private long awayUntil;

  /// @param afterwards done when it has ended; null for one that is neither killed nor stopped
  SimulatedProcess(World world, String name, @Nullable Runnable afterwards) {
    this.world = world;
    this.name = name;
    this.afterwards = afterwards;
    this.database = world.database().process(this);
    int skew = world.faults().skew();
    this.skewSeconds = skew == 0 ? 0 : world.random().nextInt(-skew, skew + 1);
  }

  World world() {
    return world;
  }

  String name() {
    return name;
  }

  Store store() {
    return database.store();
  }

  boolean isAlive() {
    return alive;
  }

  void requireAlive() {
    if (!alive) {
      throw new Actor.Killed();
    }
  }

  long stoppedUntil() {
    return stoppedUntil;
  }

  /// Ends it, whatever it does.
  void kill(String how) {
    if (alive) {
      world.history().note(name, how);
      vanish();
      if (afterwards != null) {
        afterwards.run();
      }
    }
  }

  /// Ends it, and nothing follows.
  void vanish() {
    alive = false;
    database.close();
  }

  /// The run whose thread is begun next.
  void starting(Lease lease) {
    starting = lease;
  }

  @Nullable Lease takeStarting() {
    Lease lease = starting;
    starting = null;
    return lease;
  }

  /// A thread for a run that was taken is about to begin.
  void taken(Actor thread) {
    if (world.isStormy() && world.chance(world.faults().stall())) {
      standStill(world.micros(16, 30));
      thread.stall(stoppedUntil + world.micros(1, 30));
    }
  }

  private void standStill(long micros) {
    stoppedUntil = world.turns().now() + micros;
    world.history().note(name, "stands still for " + micros / 1e6 + " s");
  }

  /// One of its threads has ended.
  void ended(Actor actor) {
    Throwable failure = actor.failure();
    if (!alive) {
      return;
    }
    if (failure instanceof StoreUnavailable) {
      kill("gives up: " + failure.getMessage());
    } else if (failure != null && !(failure instanceof Actor.Killed)) {
      throw failure instanceof Violation found
          ? found
          : new IllegalStateException(name + " failed: " + failure, failure);
    }
  }

  @Override
  public void before() {
    world.turns().pause(0);
    requireAlive();
    awaitStore();
    strike(false);
  }

  @Override
  public void committed() {
    world.witness().look(this);
  }

  @Override
  public void answered() {
    strike(true);
    if (world.isStormy() && world.chance(world.faults().silence())) {
      world.history().note(name, "is not told that it has committed");
      throw SimulatedDatabase.unavailable("no answer");
    }
  }

  private void awaitStore() {
    long left = awayUntil - world.turns().now();
    if (left > 0) {
      world.turns().pause(Math.min(left, PATIENCE));
      if (left > PATIENCE) {
        throw SimulatedDatabase.unavailable("no connection");
      }
    }
  }

  private void strike(boolean after) {
    if (!world.isStormy()) {
      return;
    }
    Faults.Fault fault = world.faults().strike(world.random());
    switch (fault) {
      case KILL -> {
        if (afterwards != null) {
          kill("is killed " + (after ? "after" : "before") + " a transaction");
          requireAlive();
        }
      }
      case STOP -> {
        if (afterwards != null) {
          standStill(world.micros(1, 40));
          world.turns().pause(0);
        }
      }
      case AWAY -> {
        awayUntil = world.turns().now() + world.micros(1, 30);
        world.history().note(name, "has no connection");
        if (after) {
          throw SimulatedDatabase.unavailable("no answer");
        }
        awaitStore();
      }
      case SLOW -> world.turns().pause(world.micros(0, 4));
      case NONE -> {}
    }
  }

  @Override
  public void hear(Runnable listener) {
    if (!alive || world.chance(world.faults().lostWord())) {
      return;
    }
    long delay = world.chance(0.3) ? world.micros(0, 2) : 0;
    world
        .turns()
        .after(
            delay,
            () -> {
              if (alive) {
                listener.run();
                world.turns().wake(this);
              }
            });
  }

  /// The clock of this process; it may be wrong about the time of day.
  RunClock clock() {
    return new RunClock() {
      @Override
      public long nanos() {
        return (World.SECOND + world.turns().now()) * 1000;
      }

      @Override
      public Instant instant() {
        return world.instant().plusSeconds(skewSeconds);
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        flush();
        long end = world.turns().now() + nanos / 1000;
        do {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          world.turns().pause(Math.min(SLICE, end - world.turns().now()));
        } while (world.turns().now() < end);
      }

      @Override
      public void park(Object blocker, long nanos) {
        flush();
        world.turns().park(world.bug().waitsForWord() ? FOR_EVER : nanos / 1000);
      }
    };
  }

  /// Commits what was submitted, as time goes on.
  void flush() {
    try {
      database.flush();
    } catch (StoreUnavailable e) {
      // whoever has submitted something does not wait for it
    }
  }
}
