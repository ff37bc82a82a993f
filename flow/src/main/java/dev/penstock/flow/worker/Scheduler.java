package dev.penstock.flow.worker;

import dev.penstock.flow.DataInterval;
import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.CatchUp;
import dev.penstock.flow.schedule.Jitter;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Advance;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.DueSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Makes the runs of schedules when their ticks come. It keeps nothing between two calls of
/// [#tick]: any number of schedulers may share a store, in as many processes, and any may die.
///
/// The time is that of the store. When it goes back, nothing happens until it is where it was; when
/// it leaps ahead, ticks that are passed over are missed ones.
public final class Scheduler {
  private static final int STEP = 100;

  private final Store store;
  private final RandomGenerator random = RandomGenerator.getDefault();

  public Scheduler(Store store) {
    this.store = store;
  }

  /// Makes runs of ticks that have come, up to 100 of each schedule.
  ///
  /// @return how many
  public int tick() {
    return store.schedules().due(STEP).stream().mapToInt(this::advance).sum();
  }

  /// How long until there is more to do; at most `most`.
  public Duration untilNext(Duration most) {
    return store.schedules().untilNext().filter(wait -> wait.compareTo(most) < 0).orElse(most);
  }

  private int advance(DueSchedule due) {
    DeploymentSchedule schedule = due.schedule();
    Integer maxActive = schedule.settings().maxActive();
    int room = maxActive == null ? STEP : Math.min(STEP, maxActive - due.unfinished());
    if (room <= 0) {
      return 0;
    }
    Schedule rule = Schedule.parse(schedule.settings().spec());
    if (rule instanceof Always always) {
      return advance(due, always);
    }
    DueTicks ticks = ticks(due, rule, room);
    List<Advance.Tick> runs =
        ticks.ticks().stream()
            .map(tick -> new Advance.Tick(tick, run(due, tick, rule.interval(tick))))
            .toList();
    boolean mine =
        store.schedules().advance(schedule, new Advance(runs, ticks.last(), ticks.next()));
    return mine ? runs.size() : 0;
  }

  private DueTicks ticks(DueSchedule due, Schedule rule, int room) {
    DeploymentSchedule schedule = due.schedule();
    if (!schedule.settings().catchUp().equals(NewSchedule.MISSING)) {
      CatchUp catchUp = CatchUp.valueOf(schedule.settings().catchUp());
      return DueTicks.of(rule, catchUp, schedule.last(), due.now(), room);
    }
    DueTicks all = DueTicks.of(rule, CatchUp.ALL, schedule.last(), due.now(), STEP);
    Set<Instant> done = Set.copyOf(store.search().completed(due.deployment().id(), all.ticks()));
    return all.without(done, rule, room);
  }

  /// Begins the next run of a deployment that is always on, when none is under way and its pause is
  /// over.
  private int advance(DueSchedule due, Always always) {
    if (due.unfinished() > 0) {
      return 0;
    }
    Instant now = due.now().truncatedTo(ChronoUnit.MICROS);
    Optional<Instant> begin = begin(due, always, now);
    boolean isNow = begin.filter(at -> !at.isAfter(now)).isPresent();
    List<Advance.Tick> runs =
        isNow
            ? List.of(new Advance.Tick(now, run(due, now, new DataInterval(now, now))))
            : List.of();
    Optional<Instant> next = isNow ? always.next(now) : begin;
    Advance advance = new Advance(runs, now, next.orElse(null));
    return store.schedules().advance(due.schedule(), advance) ? runs.size() : 0;
  }

  /// When the next run may begin; empty when the schedule has come to its end.
  private static Optional<Instant> begin(DueSchedule due, Always always, Instant now) {
    List<Always.Ended> ended =
        due.ended().stream()
            .map(run -> new Always.Ended(run.made(), run.over(), run.failed()))
            .toList();
    Instant paused = always.due(ended);
    return always
        .next(now.minus(Always.FIRST))
        .map(allowed -> allowed.isBefore(paused) ? paused : allowed);
  }

  private NewFlowRun run(DueSchedule due, Instant tick, DataInterval interval) {
    Deployment.Settings settings = due.deployment().settings();
    String parameters =
        JsonObjects.over(settings.parameters(), due.schedule().settings().parameters());
    Duration jitter = new Jitter(due.schedule().settings().jitter()).of(due.schedule().id(), tick);
    FlowRun.Call call =
        new FlowRun.Call(
            parameters, settings.tags(), null, null, null, interval.from(), interval.to(), null);
    return DeploymentRuns.of(due.deployment(), due.priority(), call, tick.plus(jitter), random);
  }
}
