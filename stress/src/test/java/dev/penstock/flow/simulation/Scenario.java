package dev.penstock.flow.simulation;

import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.SimulatedAutomations;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkPool;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is there when a simulated world begins: a pool, two deployments, limits, schedules.
final class Scenario {
  static final String VERSION = "v1";
  static final String POOL = "pool";
  static final String TAG = "db";
  static final int TAG_SLOTS = 1;

  /// The flow whose runs an automation makes.
  static final String SEQUEL = "sequel";

  private static final Duration SCHEDULED_FOR = Duration.ofSeconds(40);

  private final World world;
  private final List<Deployment> deployments = new ArrayList<>();
  private final List<Plan> plans = new ArrayList<>();
  private final List<Instant> ticks = new ArrayList<>();

  Scenario(World world) {
    this.world = world;
    Random random = new Random(world.seed());
    for (int i = 0; i < 4; i++) {
      plans.add(Plan.draw(random, 0));
    }
  }

  Plan plan(int number) {
    return plans.get(number);
  }

  int plans() {
    return plans.size();
  }

  List<Deployment> deployments() {
    return deployments;
  }

  /// The ticks that must each have one run in the end.
  List<Instant> ticks() {
    return ticks;
  }

  void make(Store store) {
    Integer poolSlots = slots();
    store.workPools().create(POOL, WorkPool.Type.INLINE, poolSlots);
    if (poolSlots != null) {
      world.witness().limit(POOL, poolSlots);
    }
    store.limits().set(Limit.of(LimitKey.tag(TAG), TAG_SLOTS));
    deploy(store, "flow", "by-hand", List.of());
    deploy(store, "flow", "scheduled", schedules());
    deploy(store, SEQUEL, "by-automation", List.of());
    automate(store, deployments.getLast());
  }

  /// A run that fails has a sequel.
  private void automate(Store store, Deployment sequel) {
    try (Automations automations = SimulatedAutomations.of(store, (_, _, _) -> {})) {
      automations.save(
          new Automation(
              "sequels",
              new Trigger.OnState(Runs.of("flow"), Set.of(StateName.FAILED)),
              List.of(
                  new Action.RunDeployment(sequel.id(), SimulatedFlow.parameters(plans() - 1)))));
    }
    try (Statement statement = world.database().connection().createStatement()) {
      statement.execute("UPDATE automation SET since = 0"); // as the clock may leap back
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deploy(Store store, String flow, String name, List<NewSchedule> schedules) {
    Integer slots = slots();
    Deployment deployment =
        store
            .deployments()
            .deploy(
                flow,
                name,
                new DeployedCode.Source(VERSION, "flow.java", ""),
                new Deployment.Settings(
                    "",
                    SimulatedFlow.parameters(0),
                    null,
                    List.of(),
                    Deployment.Target.in(POOL),
                    new Deployment.Limit(slots, Deployment.Collision.ENQUEUE, Duration.ZERO)),
                schedules);
    if (slots != null) {
      world.witness().limit(deployment.id(), slots);
    }
    deployments.add(deployment);
  }

  private @Nullable Integer slots() {
    return world.chance(0.5) ? world.random().nextInt(1, 4) : null;
  }

  private List<NewSchedule> schedules() {
    if (world.chance(0.4)) {
      return List.of();
    }
    Duration every = Duration.ofSeconds(world.random().nextInt(6, 20));
    Instant end = world.instant().plus(SCHEDULED_FOR);
    Schedule schedule =
        Schedule.every(every, world.instant(), ZoneOffset.UTC).within(new Span(null, end));
    for (Instant tick = world.instant().plus(every); tick.isBefore(end); tick = tick.plus(every)) {
      ticks.add(tick);
    }
    String catchUp = List.of("ALL", "LATEST", "NONE").get(world.random().nextInt(3));
    return List.of(
        new NewSchedule(
            schedule.text(),
            SimulatedFlow.parameters(1),
            catchUp,
            catchUp.equals("ALL") && world.chance(0.3) ? 1 : null,
            Duration.ZERO));
  }
}
