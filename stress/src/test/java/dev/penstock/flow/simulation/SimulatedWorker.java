package dev.penstock.flow.simulation;

import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.SimulatedAutomations;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.ThreadlessEngine;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.flow.worker.Programs;
import dev.penstock.flow.worker.RunStarter;
import dev.penstock.flow.worker.SimulatedWorkers;
import dev.penstock.flow.worker.Worker;
import dev.penstock.flow.worker.WorkerSettings;
import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;
import java.util.List;

/// A worker, and what starts it again whenever its process has ended.
final class SimulatedWorker {
  static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration AUTOMATE = Duration.ofSeconds(5);

  private final World world;
  private final Scenario scenario;
  private final String name;
  private int lives;

  SimulatedWorker(World world, Scenario scenario, String name) {
    this.world = world;
    this.scenario = scenario;
    this.name = name;
  }

  void start() {
    lives++;
    SimulatedProcess process =
        new SimulatedProcess(
            world, name + "." + lives, () -> world.turns().after(world.micros(1, 20), this::start));
    world.turns().start(process, () -> live(process));
  }

  private void live(SimulatedProcess process) throws InterruptedException {
    RunClock clock = process.clock();
    try (ThreadlessEngine engine =
        new ThreadlessEngine(
            process.store(),
            new EngineSettings(process.name(), LEASE, HEARTBEAT, clock, _ -> {}),
            body -> Beside.begin(process, body),
            () -> world.bug().stopsTime() ? 0 : clock.nanos())) {
      world
          .turns()
          .start(
              process,
              () -> {
                while (true) {
                  clock.sleep(HEARTBEAT.toNanos());
                  engine.beat();
                }
              });
      world.turns().start(process, () -> automate(process));
      Worker worker =
          SimulatedWorkers.worker(
              process.store(), settings(process), starter(process, engine), clock);
      if (!world.isCalm() && world.chance(0.2)) {
        world.turns().after(world.micros(5, 40), () -> drain(process, worker));
      }
      worker.run();
    }
    process.kill("has ended");
  }

  private static void automate(SimulatedProcess process) throws InterruptedException {
    DeploymentRuns runs = new DeploymentRuns(process.store());
    try (Automations automations = SimulatedAutomations.of(process.store(), runs::createById)) {
      while (true) {
        automations.tick();
        process.clock().sleep(AUTOMATE.toNanos());
      }
    }
  }

  private void drain(SimulatedProcess process, Worker worker) {
    if (process.isAlive()) {
      world.history().note(process.name(), "is to end");
      worker.drain();
      world.turns().wake(process);
    }
  }

  private RunStarter starter(SimulatedProcess process, ThreadlessEngine engine) {
    Programs programs = (_, flow) -> new SimulatedFlow(process, flow, scenario::plan, null);
    RunStarter inline =
        SimulatedWorkers.inline(
            engine.engine(),
            programs,
            run -> process.taken(world.turns().start(process, run::run)));
    return (claimed, code, over) -> {
      process.starting(claimed.lease());
      return inline.start(claimed, code, over);
    };
  }

  private WorkerSettings settings(SimulatedProcess process) {
    return new WorkerSettings(
        process.name(),
        process.name(),
        "1",
        Scenario.POOL,
        List.of(),
        world.random().nextInt(1, 4),
        new WorkerSettings.Times(
            LEASE,
            HEARTBEAT,
            LOOK,
            Duration.ofSeconds(world.random().nextInt(1, 10)),
            Duration.ofSeconds(20)));
  }
}
