package dev.penstock.server.pages;

import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.CatchUp;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Calendar;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The backfills of a deployment: what their panel shows, and what their form does. What has
/// completed is left out, unless it is asked for.
public final class DeploymentBackfills {
  private static final int MOST_RUNS = 1000;

  /// Ticks are looked at up to so many: of a rule with more, days are not told to be done.
  private static final int MOST_TICKS = 2000;

  private static final int MOST_AT_ONCE = 100;

  private final Site site;

  DeploymentBackfills(Site site) {
    this.site = site;
  }

  /// What the panel shows.
  ///
  /// @param month the later one that is shown
  /// @param ticks how many ticks the days that are chosen have; -1 for none chosen
  /// @param done how many of them have completed
  /// @param again whether those are run, too
  public record Panel(
      Calendar calendar,
      YearMonth month,
      ZoneId zone,
      int ticks,
      int done,
      boolean again,
      String rule) {
    /// How many runs there would be.
    public int runs() {
      return again ? ticks : ticks - done;
    }

    /// The address with other months.
    public String months(int later) {
      return "?month=" + month.plusMonths(later) + "#backfill";
    }

    /// The address with other days.
    public String days(Calendar.Range range) {
      return "?month=" + month + "&from=" + range.from() + "&to=" + range.to() + "#backfill";
    }

    /// The address where those that have completed are run too, or left out.
    public String other() {
      String days = days(calendar.range());
      return again ? days : days.replace("#", "&again=1#");
    }
  }

  Panel panel(
      Deployment deployment, List<DeploymentSchedule> schedules, Fields query, ZoneId viewer) {
    Schedule rule = rule(schedules, viewer);
    LocalDate today = LocalDate.ofInstant(site.clock().instant(), rule.zone());
    YearMonth month =
        query.first("month").map(DeploymentBackfills::month).orElse(YearMonth.from(today));
    Calendar.Range range =
        new Calendar.Range(
            query.first("from").map(text -> date("from", text)).orElse(null),
            query.first("to").map(text -> date("to", text)).orElse(null));
    RunFilter its =
        new RunFilter(
            List.of(), List.of(deployment.id()), List.of(), List.of(), null, null, null, null);
    List<FlowRun> runs = site.store().flowRuns().list(its, Page.first(MOST_RUNS));
    Schedule within = within(rule, range.from(), range.to());
    List<Instant> ticks = within == null ? List.of() : ticks(within);
    return new Panel(
        Calendar.of(month, runs, done(deployment, rule, month), rule.zone(), today, range),
        month,
        rule.zone(),
        within == null ? -1 : ticks.size(),
        completed(deployment, ticks).size(),
        query.first("again").isPresent(),
        rule.describe());
  }

  private List<Instant> completed(Deployment deployment, List<Instant> ticks) {
    return site.store().search().completed(deployment.id(), ticks);
  }

  /// The days of two months whose ticks have all completed.
  private Set<LocalDate> done(Deployment deployment, Schedule rule, YearMonth last) {
    Schedule months = within(rule, last.minusMonths(1).atDay(1), last.atEndOfMonth());
    List<Instant> ticks = months == null || rule instanceof Always ? List.of() : ticks(months);
    if (ticks.size() == MOST_TICKS) {
      return Set.of();
    }
    Set<Instant> completed = new HashSet<>(completed(deployment, ticks));
    return ticks.stream()
        .collect(
            Collectors.groupingBy(
                tick -> LocalDate.ofInstant(tick, rule.zone()),
                Collectors.reducing(true, completed::contains, Boolean::logicalAnd)))
        .entrySet()
        .stream()
        .filter(day -> day.getValue())
        .map(java.util.Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<Instant> ticks(Schedule rule) {
    Instant from = rule.span().start();
    Instant to = rule.span().end();
    return from == null || to == null ? List.of() : rule.ticks(from, to, MOST_TICKS);
  }

  /// The rule whose ticks are meant: that of the first schedule, or every day.
  private static Schedule rule(List<DeploymentSchedule> schedules, ZoneId viewer) {
    return schedules.stream()
        .filter(each -> !each.backfill())
        .findFirst()
        .map(each -> Schedule.parse(each.settings().spec()))
        .orElse(Schedule.cron("0 0 * * *", viewer));
  }

  private static @Nullable Schedule within(
      Schedule rule, @Nullable LocalDate from, @Nullable LocalDate to) {
    if (from == null || to == null) {
      return null;
    }
    if (to.isBefore(from)) {
      throw Refused.badField("to", "the last day is before the first one");
    }
    return rule.within(
        new Span(
            from.atStartOfDay(rule.zone()).toInstant(),
            to.plusDays(1).atStartOfDay(rule.zone()).toInstant()));
  }

  /// Has the ticks of days that have passed run.
  void start(Deployment deployment, Fields form, ZoneId viewer) {
    Schedule rule = rule(site.store().schedules().of(deployment.id()), viewer);
    LocalDate from = date("from", form.first("from").orElse(""));
    Schedule days = within(rule, from, date("to", form.first("to").orElse("")));
    long atOnce = RunPage.number("atOnce", form.first("atOnce").orElse("1"));
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw Refused.badField("atOnce", "from 1 to " + MOST_AT_ONCE + " runs may run at once");
    }
    List<Instant> ticks = days == null ? List.of() : ticks(days);
    if (days == null || ticks.isEmpty()) {
      throw Refused.badField("from", "the schedule has no tick on these days: choose others");
    }
    Instant end = days.span().end();
    if (end != null && end.isAfter(site.clock().instant().plus(Duration.ofDays(1)))) {
      throw Refused.badField("to", "a backfill runs what has passed: choose days up to today");
    }
    boolean again = form.first("again").isPresent();
    if (!again
        && ticks.size() < MOST_TICKS
        && completed(deployment, ticks).size() == ticks.size()) {
      throw Refused.badField(
          "from", "all of these have completed: choose other days, or run them again");
    }
    String catchUp = again ? CatchUp.ALL.name() : NewSchedule.MISSING;
    site.store()
        .schedules()
        .backfill(
            deployment.id(),
            new NewSchedule(days.text(), "{}", catchUp, (int) atOnce, Duration.ZERO),
            from.atStartOfDay(rule.zone()).toInstant());
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Refused.badField(
          "month", "\"" + text + "\" is no month: write year and month, such as 2026-08");
    }
  }

  private static LocalDate date(String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Refused.badField(
          field, "\"" + text + "\" is no day: write year, month and day, such as 2026-08-31");
    }
  }
}
