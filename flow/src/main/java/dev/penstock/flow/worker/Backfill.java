package dev.penstock.flow.worker;

import static java.util.Objects.requireNonNull;

import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.CatchUp;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A backfill before it is started: which ticks of a range a deployment is to be run for. What has
/// completed is left out, unless it is to be run again.
///
/// @param deployment its id
/// @param range the rule within the range
/// @param from where the range begins
/// @param again whether ticks are run whose run has completed
/// @param ticks how many there are; of more than [#MOST_COUNTED], so many
/// @param completed how many of those have completed
public record Backfill(
    String deployment, Schedule range, Instant from, boolean again, int ticks, int completed) {
  /// Among so many ticks those are counted that have completed.
  public static final int MOST_COUNTED = 5000;

  /// Looks at the ticks of a range.
  ///
  /// @param rule whose ticks are meant, whatever its own bounds are
  /// @param from inclusive
  /// @param to exclusive
  /// @throws dev.penstock.flow.schedule.ScheduleRefused when the range ends before it begins
  public static Backfill of(
      Store store, Deployment deployment, Schedule rule, Instant from, Instant to, boolean again) {
    Schedule range = rule.within(new Span(from, to));
    List<Instant> ticks = range.ticks(from, to, MOST_COUNTED);
    int completed = store.search().completed(deployment.id(), ticks).size();
    return new Backfill(deployment.id(), range, from, again, ticks.size(), completed);
  }

  /// How far a backfill is that was started.
  ///
  /// @param ticks of its range, as with [Backfill#ticks]
  /// @param begun how many of them have got their run, or were left out
  public record Progress(Instant from, Instant to, int ticks, int begun) {

    /// Of the schedule that a backfill is.
    public static Progress of(DeploymentSchedule backfill) {
      Schedule range = Schedule.parse(backfill.settings().spec());
      Instant from = requireNonNull(range.span().start());
      Instant to = requireNonNull(range.span().end());
      int ticks = range.ticks(from, to, MOST_COUNTED).size();
      int begun = range.ticks(from, backfill.last().plusNanos(1), MOST_COUNTED).size();
      return new Progress(from, to, ticks, begun);
    }
  }

  /// The rules of a deployment's schedules that have ticks: where there is one, those are meant.
  public static List<Schedule> rules(Store store, Deployment deployment) {
    return store.schedules().of(deployment.id()).stream()
        .filter(schedule -> !schedule.backfill())
        .map(DeploymentSchedule::settings)
        .map(settings -> Schedule.parse(settings.spec()))
        .filter(rule -> !(rule instanceof Always))
        .toList();
  }

  /// Why it cannot be started, whoever asks for it: there is nothing to run, or something that is
  /// still to come. Empty when it can.
  ///
  /// @param now the time; a tick of this very instant has passed
  public Optional<String> refusal(Instant now) {
    if (ticks == 0) {
      return Optional.of("the schedule " + range.text() + " has no tick in this range");
    }
    return range
        .next(now)
        .map(tick ->
            "a backfill runs ticks that have passed, and the one of "
                + tick
                + " is still to come: end the range before it");
  }

  /// How many of its ticks are left out.
  public int leftOut() {
    return again ? 0 : completed;
  }

  /// Whether it would run nothing, as all its ticks have completed.
  public boolean isDone() {
    return ticks > 0 && ticks < MOST_COUNTED && leftOut() == ticks;
  }

  /// Starts it: schedulers make its runs from now on.
  ///
  /// @param parallelism how many of its runs may be unfinished at once; at least 1
  /// @param key what is started again with the same key is the same backfill; null for none
  /// @return the id of its schedule
  public String start(Store store, int parallelism, @Nullable String key) {
    return store.schedules().backfill(deployment, schedule(range, again, parallelism), from, key);
  }

  private static NewSchedule schedule(Schedule range, boolean again, int parallelism) {
    String catchUp = again ? CatchUp.ALL.name() : NewSchedule.MISSING;
    return new NewSchedule(range.text(), "{}", catchUp, parallelism, Duration.ZERO);
  }

  /// Whether one that was started is what would be started of this.
  public static boolean isOf(
      DeploymentSchedule started,
      Schedule rule,
      Instant from,
      Instant to,
      boolean again,
      int parallelism) {
    return started.settings().equals(schedule(rule.within(new Span(from, to)), again, parallelism));
  }
}
