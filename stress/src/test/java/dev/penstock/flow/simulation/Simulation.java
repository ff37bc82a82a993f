package dev.penstock.flow.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One simulated world, from its seed to its end: workers with their schedulers and engines at one
/// store, people who ask for things, and faults, until all runs are over. The product's own code
/// does the work; time, threads and the database are the simulation's.
final class Simulation {
  private static final int TURNS = 30_000;

  /// After so long whatever has not ended never will.
  private static final long END = World.CALM + 900 * World.SECOND;

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
  record Outcome(long seed, List<History.Line> history, @Nullable RuntimeException violation) {
    String tell() {
      String end =
          history.stream()
              .skip(Math.max(0, history.size() - 120))
              .map(History.Line::toString)
              .collect(Collectors.joining("\n"));
      return "-Dpenstock.seed=%d\n%s\n%s".formatted(seed, end, violation);
    }
  }

  /// @param bug that is planted; [PlantedBug#NONE] for the product as it is
  static Outcome run(long seed, PlantedBug bug) {
    try (World world = new World(seed, bug)) {
      RuntimeException violation = new Simulation(world).live();
      return new Outcome(seed, world.history().lines(), violation);
    }
  }

  /// Lives worlds until one of them does not end well, as many at once as there are processors.
  /// They are lived on virtual threads, as their actors are: whose turn it is changes without a
  /// word to the operating system.
  ///
  /// @return the first one that was found; empty when all is well
  static Optional<Outcome> firstViolated(long firstSeed, long seeds, PlantedBug bug)
      throws InterruptedException, ExecutionException {
    AtomicLong next = new AtomicLong(firstSeed);
    AtomicReference<@Nullable Outcome> violated = new AtomicReference<>();
    List<Future<?>> lives = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = Runtime.getRuntime().availableProcessors(); i > 0; i--) {
        lives.add(
            threads.submit(() -> {
              long seed = next.getAndIncrement();
              while (violated.get() == null && seed < firstSeed + seeds) {
                Outcome outcome = run(seed, bug);
                if (outcome.violation() != null) {
                  violated.compareAndSet(null, outcome);
                }
                seed = next.getAndIncrement();
              }
            }));
      }
      for (Future<?> life : lives) {
        life.get();
      }
    }
    return Optional.ofNullable(violated.get());
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
