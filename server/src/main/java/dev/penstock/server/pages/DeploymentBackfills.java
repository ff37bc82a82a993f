package dev.penstock.server.pages;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.worker.Backfill;
import dev.penstock.server.view.Calendar;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ValueRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The backfills of a deployment: what their panel shows, and what their form does. What has
/// completed is left out, unless it is asked for.
public final class DeploymentBackfills {
  private static final int MOST_RUNS = 1000;

  /// Ticks are looked at up to so many: of a rule with more, days are not told to be done.
  private static final int MOST_TICKS = 2000;

  private static final int MOST_AT_ONCE = 100;

  /// Those that schedules have ticks in.
  private static final ValueRange YEARS = ValueRange.of(1800, 9998);

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

  Panel panel(Deployment deployment, Fields query, ZoneId viewer) {
    Schedule rule = rule(deployment, viewer);
    LocalDate today = LocalDate.ofInstant(site.clock().instant(), rule.zone());
    YearMonth month =
        query.first("month").map(DeploymentBackfills::month).orElse(YearMonth.from(today));
    LocalDate from = query.first("from").map(text -> date("from", text)).orElse(null);
    LocalDate to = query.first("to").map(text -> date("to", text)).orElse(null);
    boolean again = query.first("again").isPresent();
    Backfill chosen =
        from == null || to == null ? null : backfill(deployment, rule, from, to, again);
    RunFilter its = RunFilter.ALL.ofDeployment(deployment.id());
    List<FlowRun> runs = site.store().flowRuns().list(its, Page.first(MOST_RUNS));
    return new Panel(
        Calendar.of(
            month,
            runs,
            done(deployment, rule, month),
            rule.zone(),
            today,
            new Calendar.Range(from, to)),
        month,
        rule.zone(),
        chosen == null ? -1 : chosen.ticks(),
        chosen == null ? 0 : chosen.completed(),
        again,
        rule.describe());
  }

  /// The days of two months whose ticks have all completed.
  private Set<LocalDate> done(Deployment deployment, Schedule rule, YearMonth last) {
    List<Instant> ticks =
        rule.ticks(
            begin(last.minusMonths(1).atDay(1), rule),
            begin(last.plusMonths(1).atDay(1), rule),
            MOST_TICKS);
    if (ticks.size() == MOST_TICKS) {
      return Set.of();
    }
    Set<Instant> completed = new HashSet<>(site.store().search().completed(deployment.id(), ticks));
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

  /// The rule whose ticks are meant: that of the first schedule, or every day.
  private Schedule rule(Deployment deployment, ZoneId viewer) {
    return Backfill.rules(site.store(), deployment).stream()
        .findFirst()
        .orElse(Schedule.cron("0 0 * * *", viewer));
  }

  private Backfill backfill(
      Deployment deployment, Schedule rule, LocalDate from, LocalDate to, boolean again) {
    if (to.isBefore(from)) {
      throw Refused.badField("to", "the last day is before the first one");
    }
    return Backfill.of(
        site.store(), deployment, rule, begin(from, rule), end(from, to, rule), again);
  }

  /// The end of the last day; of today, what of it has passed.
  private Instant end(LocalDate from, LocalDate to, Schedule rule) {
    Instant now = site.clock().instant();
    boolean today = to.equals(LocalDate.ofInstant(now, rule.zone()));
    return today && begin(from, rule).isBefore(now) ? now : begin(to.plusDays(1), rule);
  }

  private static Instant begin(LocalDate day, Schedule rule) {
    return day.atStartOfDay(rule.zone()).toInstant();
  }

  /// Has the ticks of days that have passed run.
  void start(Deployment deployment, Fields form, ZoneId viewer) {
    Schedule rule = rule(deployment, viewer);
    LocalDate from = date("from", form.first("from").orElse(""));
    LocalDate to = date("to", form.first("to").orElse(""));
    long parallelism = RunPage.number("parallelism", form.first("parallelism").orElse("1"));
    if (parallelism < 1 || parallelism > MOST_AT_ONCE) {
      throw Refused.badField("parallelism", "from 1 to " + MOST_AT_ONCE + " runs may run at once");
    }
    Backfill backfill = backfill(deployment, rule, from, to, form.first("again").isPresent());
    if (backfill.ticks() == 0) {
      throw Refused.badField("from", "the schedule has no tick on these days: choose others");
    }
    backfill
        .refusal(site.clock().instant())
        .ifPresent(why -> {
          throw Refused.badField("to", why);
        });
    if (backfill.isDone()) {
      throw Refused.badField(
          "from", "all of these have completed: choose other days, or run them again");
    }
    backfill.start(site.store(), (int) parallelism, null);
  }

  private static YearMonth month(String text) {
    try {
      YearMonth month = YearMonth.parse(text);
      YEARS.checkValidValue(month.getYear(), ChronoField.YEAR);
      return month;
    } catch (DateTimeException e) {
      throw Refused.badField(
          "month", "\"" + text + "\" is no month: write year and month, such as 2026-08");
    }
  }

  private static LocalDate date(String field, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      YEARS.checkValidValue(day.getYear(), ChronoField.YEAR);
      return day;
    } catch (DateTimeException e) {
      throw Refused.badField(
          field, "\"" + text + "\" is no day: write year, month and day, such as 2026-08-31");
    }
  }
}
