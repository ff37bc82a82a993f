package dev.penstock.flow.simulation;

import dev.penstock.flow.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What really happens: which task bodies run, whatever the store says of them.
final class Ledger {
  private final World world;
  private final Map<Call, Integer> begun = new HashMap<>();
  private final Map<Call, Long> times = new HashMap<>();
  private final List<Body> running = new ArrayList<>();

  Ledger(World world) {
    this.world = world;
  }

  /// A call of a task, whoever makes it.
  record Call(String run, int generation, String task) {}

  /// A body that runs.
  ///
  /// @param number how often the call was begun, with this time
  record Body(
      Call call, int number, SimulatedProcess process, @Nullable Lease lease, List<String> tags) {}

  /// A body begins. It must not when its call is finished, or too many run with it.
  Body begin(Call call, SimulatedProcess process, List<String> tags) {
    Actor actor = world.turns().current();
    Body body =
        new Body(
            call,
            begun.merge(call, 1, Integer::sum),
            process,
            actor == null ? null : actor.lease(),
            tags);
    running.removeIf(other -> !other.process().isAlive());
    running.add(body);
    String what = world.history().name(call.run()) + ": body of " + call.task() + " begins";
    world.history().note(process.name(), what);
    try {
      if (isInForce(body)) {
        world.witness().requireUnfinished(call);
        tags.forEach(this::requireRoom);
      }
    } catch (Violation e) {
      world.violated(e);
    }
    return body;
  }

  void end(Body body) {
    running.remove(body);
  }

  /// Whether the process of a body holds its run. One that was overtaken does not know it yet, and
  /// may do what it likes: nothing of it is kept.
  private boolean isInForce(Body body) {
    Lease lease = body.lease();
    return lease != null && body.process().isAlive() && world.witness().holds(lease);
  }

  private void requireRoom(String tag) {
    long holders =
        running.stream().filter(b -> b.tags().contains(tag)).filter(this::isInForce).count();
    if (holders > Scenario.TAG_SLOTS) {
      throw new Violation(
          "limit exceeded: " + holders + " tasks with the tag " + tag + " run at once");
    }
  }

  /// Whether something happens for the first time.
  boolean first(Call call) {
    return begun.merge(call, 1, Integer::sum) == 1;
  }

  /// Whether the time of a wait has come, which begins when it is first looked at.
  boolean hasCome(Call call, Duration after) {
    long now = world.turns().now();
    return now >= times.computeIfAbsent(call, _ -> now + after.toMillis() * 1000);
  }
}
