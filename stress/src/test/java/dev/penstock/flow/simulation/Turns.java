package dev.penstock.flow.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Threads that take turns. One of them runs at a time, until it waits for something; then another
/// goes on, drawn from those that can. Time passes only while all of them wait. So one seed is one
/// history, although real threads run real code.
final class Turns {
  /// Threads go on at multiples of this, so that things often happen at the same time.
  private static final long GRAIN = 250_000;

  private final RandomGenerator random;
  private final List<Actor> actors = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final Semaphore back = new Semaphore(0);
  private @Nullable Actor current;
  private long now;
  private long started;

  Turns(RandomGenerator random) {
    this.random = random;
  }

  /// What happens by itself at a time.
  private record Event(long at, long number, Runnable action) {}

  /// Microseconds since the world began.
  long now() {
    return now;
  }

  /// The thread whose turn it is; null when it is nobody's.
  @Nullable Actor current() {
    return current;
  }

  /// Begins a thread of a process; it takes its first turn later.
  Actor start(SimulatedProcess process, Actor.Life life) {
    Actor actor = new Actor(process, now, back, life);
    actors.add(actor);
    return actor;
  }

  /// Lets something happen later, if it is not after the end of the world.
  void after(long micros, Runnable action) {
    events.add(new Event(now + micros, started++, action));
  }

  /// Ends the turn of the thread that calls this, for at least so long. A thread that cannot be
  /// found among the actors, as when the world is made, does not wait.
  void pause(long micros) {
    await(micros, false);
  }

  /// The same, unless [#wake] comes first.
  void park(long micros) {
    await(micros, true);
  }

  private void await(long micros, boolean parked) {
    Actor mine = current;
    if (mine != null) {
      mine.await((now + micros + GRAIN - 1) / GRAIN * GRAIN, parked);
    }
  }

  /// Ends the waiting of the parked threads of a process.
  void wake(SimulatedProcess process) {
    for (Actor actor : actors) {
      if (actor.process() == process) {
        actor.wake(now);
      }
    }
  }

  /// Gives turns until it is over, or nobody can take one.
  ///
  /// @param most how many turns at most
  /// @return whether it is over
  boolean run(BooleanSupplier over, int most) {
    for (int turns = 0; turns < most; turns++) {
      if (over.getAsBoolean()) {
        return true;
      }
      if (!next()) {
        return false;
      }
    }
    return false;
  }

  private boolean next() {
    long soonest = Long.MAX_VALUE;
    for (Actor actor : actors) {
      soonest = Math.min(soonest, actor.ready());
    }
    Event event = events.peek();
    if (event != null && event.at() <= soonest) {
      now = Math.max(now, event.at());
      requireNonNull(events.poll()).action().run();
      return true;
    }
    if (soonest == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, soonest);
    List<Actor> ready = new ArrayList<>();
    for (Actor actor : actors) {
      if (actor.ready() <= now) {
        ready.add(actor);
      }
    }
    turn(ready.get(random.nextInt(ready.size())));
    return true;
  }

  private void turn(Actor actor) {
    current = actor;
    actor.go();
    back.acquireUninterruptibly();
    current = null;
    if (actor.isOver()) {
      actors.remove(actor);
      wake(actor.process());
      actor.process().ended(actor);
    }
  }

  /// Ends all processes, and with them their threads.
  void end() {
    actors.forEach(actor -> actor.process().vanish());
    while (!actors.isEmpty()) {
      turn(actors.getFirst());
    }
  }
}
