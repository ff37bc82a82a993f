package dev.penstock.flow.simulation;

import dev.penstock.flow.engine.ThreadlessEngine;
import dev.penstock.flow.store.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A thread of a task that runs beside its flow, waited for in simulated time.
final class Beside implements ThreadlessEngine.Begun {
  private static final long LOOK = 2 * World.SECOND;
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final SimulatedProcess process;
  private final Turns turns;
  private final Actor actor;

  private Beside(SimulatedProcess process, Actor actor) {
    this.process = process;
    this.turns = process.world().turns();
    this.actor = actor;
  }

  /// Begins it, for the run of the thread that calls this.
  static Beside begin(SimulatedProcess process, Runnable body) {
    Actor caller = process.world().turns().current();
    @Nullable Lease lease = caller == null ? null : caller.lease();
    if (lease != null) {
      process.starting(lease);
    }
    return new Beside(process, process.world().turns().start(process, body::run));
  }

  @Override
  public boolean join(Duration atMost) throws InterruptedException {
    process.flush();
    long end = turns.now() + atMost.toNanos() / 1000;
    while (!actor.isOver()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = end - turns.now();
      if (left <= 0) {
        return false;
      }
      turns.park(Math.min(LOOK, left));
    }
    return true;
  }

  @Override
  public void join() throws InterruptedException {
    join(FOR_EVER);
  }

  @Override
  public boolean isOver() {
    return actor.isOver();
  }

  @Override
  public void interrupt() {
    actor.thread().interrupt();
  }

  @Override
  public Thread thread() {
    return actor.thread();
  }
}
