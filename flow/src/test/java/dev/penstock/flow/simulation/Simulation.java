package dev.penstock.flow.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One simulated world, from its seed to its end: workers with their schedulers and engines at one
/// store, people who ask for things, and faults, until all runs are over. The product's own code
/// does the work; time, threads and the database are the simulation's.
final class Simulation {
  private static final int TURNS = 15_000;

  /// After so long whatever has not ended never will.
  private static final long END = World.CALM + 300 * World.SECOND;

  private final World world;
  private final Scenario scenario;
  private final People people;

  private Simulation(World world) {
    this.world = world;
    this.scenario = new Scenario(world);
    this.people = new People(world, scenario);
  }

  /// How a world has ended.
  ///
  /// @param history what happened
  /// @param violation what must not have happened; null when all is well
  record Outcome(long seed, List<String> history, @Nullable RuntimeException violation) {
    String tell() {
      int from = Math.max(0, history.size() - 120);
      return "-Dpenstock.seed=%d\n%s\n%s"
          .formatted(seed, String.join("\n", history.subList(from, history.size())), violation);
    }
  }

  /// @param bug that is planted; [PlantedBug#NONE] for the product as it is
  static Outcome run(long seed, PlantedBug bug) {
    try (World world = new World(seed, bug)) {
      RuntimeException violation = new Simulation(world).live();
      return new Outcome(seed, world.history().lines(), violation);
    }
  }

  private @Nullable RuntimeException live() {
    try {
      world.history().note("seed", world.seed() + ", " + world.faults());
      scenario.make(new SimulatedProcess(world, "setup", null).store());
      int workers = world.random().nextInt(1, 4);
      for (int i = 1; i <= workers; i++) {
        new SimulatedWorker(world, scenario, "w" + i).start();
      }
      people.start();
      if (world.faults().leap() > 0) {
        leaps();
      }
      boolean ended = world.turns().run(() -> over() || world.turns().now() > END, TURNS);
      if (world.violation() == null) {
        new Verdict(world, scenario, people).give(ended && over());
      }
      return world.violation();
    } catch (RuntimeException e) {
      return e;
    } finally {
      world.end();
    }
  }

  private void leaps() {
    int most = world.faults().leap();
    world
        .turns()
        .after(world.micros(1, 40), () -> world.leap(world.random().nextInt(-most, most + 1)));
  }

  private boolean over() {
    return world.violation() != null
        || people.done()
            && world.witness().allOver()
            && Verdict.ticksAreOver(world)
            && Verdict.automationsAreOver(world);
  }
}
