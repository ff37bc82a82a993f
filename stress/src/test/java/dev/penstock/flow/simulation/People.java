package dev.penstock.flow.simulation;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.worker.DeploymentRuns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Those who make runs by hand, cancel, pause, resume and retry them. When they are not answered,
/// they ask again.
final class People {
  private final World world;
  private final Scenario scenario;
  private final SimulatedProcess process;
  private final List<String> made = new ArrayList<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Set<String> retried = new HashSet<>();
  private boolean done;

  People(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
    this.process = new SimulatedProcess(world, "people", null);
  }

  /// The ids of the runs that they were told of.
  List<String> made() {
    return made;
  }

  /// The ids of the runs that they wanted cancelled.
  Set<String> cancelled() {
    return cancelled;
  }

  /// The ids of the runs that they wanted to be run again, which uses up a try.
  Set<String> retried() {
    return retried;
  }

  /// Whether they have done what they wanted.
  boolean done() {
    return done;
  }

  void start() {
    world.turns().start(process, this::live);
  }

  private void live() throws InterruptedException {
    int wishes = world.random().nextInt(3, 9);
    for (int i = 0; i < wishes; i++) {
      process.clock().sleep(world.micros(0, 6) * 1000);
      wish(i);
    }
    while (!world.isCalm()) {
      process.clock().sleep(World.SECOND * 5000);
    }
    done = true;
    while (true) {
      process.clock().sleep(World.SECOND * 10_000);
      resumeAll();
    }
  }

  private void wish(int number) throws InterruptedException {
    if (made.isEmpty() || world.chance(0.6)) {
      make(number);
      return;
    }
    String run = made.get(world.random().nextInt(made.size()));
    FlowRuns runs = process.store().flowRuns();
    switch (world.random().nextInt(4)) {
      case 0 -> {
        cancelled.add(run);
        ask("cancel", run, () -> runs.cancel(run));
      }
      case 1 -> ask("pause", run, () -> runs.pause(run));
      case 2 -> ask("resume", run, () -> runs.resume(run));
      default -> {
        retried.add(run);
        ask("retry", run, () -> runs.retry(run, world.chance(0.5)));
      }
    }
  }

  private void make(int number) throws InterruptedException {
    int plan = world.random().nextInt(scenario.plans());
    FlowRun run =
        untilAnswered(() ->
            new DeploymentRuns(process.store())
                .create(
                    scenario.deployments().getFirst(),
                    SimulatedFlow.parameters(plan),
                    List.of(),
                    null,
                    "wish " + number));
    made.add(run.id());
  }

  private void ask(String what, String run, Supplier<?> asking) throws InterruptedException {
    world.history().note("people", what + " " + world.history().name(run));
    untilAnswered(asking);
  }

  /// Nobody pauses a run for ever.
  private void resumeAll() throws InterruptedException {
    for (String run : made) {
      untilAnswered(() -> process.store().flowRuns().resume(run));
    }
  }

  private <R extends @Nullable Object> R untilAnswered(Supplier<R> asking)
      throws InterruptedException {
    while (true) {
      try {
        return asking.get();
      } catch (StoreUnavailable e) {
        process.clock().sleep(World.SECOND * 1000);
      }
    }
  }
}
