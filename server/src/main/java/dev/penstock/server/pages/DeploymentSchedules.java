package dev.penstock.server.pages;

import dev.penstock.data.ParameterParser;
import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.ScheduleRefused;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Calendar;
import dev.penstock.server.view.Tick;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schedules and backfills of a deployment: what their panels show, and what their forms do.
public final class DeploymentSchedules {
  private static final int MOST_RUNS = 1000;
  private static final int MOST_TICKS = 1000;
  private static final int MOST_AT_ONCE = 100;

  /// Kinds of rules.
  public static final Map<String, String> KINDS =
      ordered(
          "cron",
          "Cron",
          "interval",
          "Interval",
          "rrule",
          "Recurrence rule",
          "always",
          "Always on");

  /// What becomes of ticks that were missed.
  public static final Map<String, String> CATCH_UPS =
      ordered(
          "LATEST", "Run the latest of them", "ALL", "Run all of them", "NONE", "Run none of them");

  private final Site site;

  DeploymentSchedules(Site site) {
    this.site = site;
  }

  private static Map<String, String> ordered(String... words) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return map;
  }

  /// The next ticks of schedules, together.
  static List<Tick> ticks(List<DeploymentSchedule> schedules, int most) {
    List<Tick> ticks = new ArrayList<>();
    for (DeploymentSchedule schedule : schedules) {
      Schedule rule = Schedule.parse(schedule.settings().spec());
      if (rule instanceof Always) {
        continue; // it has a run at any time
      }
      Optional<Instant> tick = rule.next(schedule.last());
      for (int i = 0; i < most && tick.isPresent(); i++) {
        ticks.add(Tick.of(tick.get(), rule.zone()));
        tick = rule.next(tick.get());
      }
    }
    return ticks.stream()
        .distinct()
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .limit(most)
        .toList();
  }

  /// A schedule in words.
  static String describe(DeploymentSchedule schedule) {
    String text = Schedule.parse(schedule.settings().spec()).describe();
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// The form of the schedule that an address wants to change; an empty one for none.
  static EditForm form(List<DeploymentSchedule> schedules, Fields query, ZoneId zone) {
    String id = query.first("schedule").orElse("");
    return schedules.stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .map(each -> EditForm.of(values(each)))
        .orElse(EditForm.of(Map.of("kind", "cron", "zone", zone.getId(), "catchUp", "LATEST")));
  }

  private static Map<String, String> values(DeploymentSchedule schedule) {
    Map<String, String> rule = Schedule.parse(schedule.settings().spec()).toMap();
    String kind = KINDS.keySet().stream().filter(rule::containsKey).findFirst().orElse("interval");
    Map<String, String> values = new LinkedHashMap<>(rule);
    values.put("replaces", schedule.id());
    values.put("kind", kind);
    values.put("rule", rule.getOrDefault(kind, ""));
    values.put("catchUp", schedule.settings().catchUp());
    return values;
  }

  /// Adds a schedule, or puts it in the place of another.
  ///
  /// @throws Refused with the field that needs a change
  void save(Deployment deployment, Fields form) {
    String kind = form.first("kind").orElse("cron");
    String rule = form.first("rule").orElse("");
    String zone = form.first("zone").orElse("UTC");
    if (rule.isEmpty()) {
      throw Refused.badField("rule", "write when it is to run, such as 30 2 * * *");
    }
    Schedule schedule;
    try {
      schedule = Schedule.of(map(kind, rule, zone, form));
    } catch (ScheduleRefused e) {
      throw Refused.badField("rule", String.valueOf(e.getMessage()));
    }
    String catchUp =
        form.first("catchUp").filter(List.of("ALL", "NONE")::contains).orElse("LATEST");
    site.store()
        .schedules()
        .add(deployment.id(), new NewSchedule(schedule.text(), "{}", catchUp, null, Duration.ZERO));
    form.first("replaces").ifPresent(id -> delete(deployment, id));
  }

  private Map<String, String> map(String kind, String rule, String zone, Fields form) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(kind, kind.equals("interval") || kind.equals("always") ? interval(rule) : rule);
    map.put("zone", zone);
    if (kind.equals("interval")) {
      map.put("anchor", form.first("anchor").orElseGet(() -> midnight(zone).toString()));
    }
    if (kind.equals("rrule")) {
      String now = LocalDate.ofInstant(site.clock().instant(), ZoneOffset.UTC) + "T00:00:00";
      map.put("dtstart", form.first("dtstart").orElse(now));
    }
    return map;
  }

  /// What intervals count from: that of today.
  private Instant midnight(String zone) {
    try {
      ZoneId id = ZoneId.of(zone);
      return LocalDate.ofInstant(site.clock().instant(), id).atStartOfDay(id).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH; // the schedule says what is wrong with the zone
    }
  }

  /// `15m` and `PT15M` are the same.
  private static String interval(String text) {
    try {
      return ParameterParser.parse(text, Duration.class).toString();
    } catch (IllegalArgumentException e) {
      return text; // the schedule says what is wrong with it
    }
  }

  void delete(Deployment deployment, String id) {
    find(deployment, id);
    site.store().schedules().delete(id);
  }

  DeploymentSchedule find(Deployment deployment, String id) {
    return site.store().schedules().of(deployment.id()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refused.notFound("this deployment has no schedule " + id));
  }

  /// What the panel of backfills shows.
  ///
  /// @param month the later one that is shown
  /// @param ticks how many runs the days that are chosen are; -1 for none chosen
  public record Backfill(Calendar calendar, YearMonth month, ZoneId zone, int ticks, String rule) {
    /// The address with other months.
    public String months(int later) {
      return "?month=" + month.plusMonths(later) + "#backfill";
    }

    /// The address with other days.
    public String days(Calendar.Range range) {
      return "?month=" + month + "&from=" + range.from() + "&to=" + range.to() + "#backfill";
    }
  }

  Backfill backfill(
      Deployment deployment, List<DeploymentSchedule> schedules, Fields query, ZoneId viewer) {
    Schedule rule = rule(schedules, viewer);
    LocalDate today = LocalDate.ofInstant(site.clock().instant(), rule.zone());
    YearMonth month =
        query.first("month").map(DeploymentSchedules::month).orElse(YearMonth.from(today));
    Calendar.Range range =
        new Calendar.Range(
            query.first("from").map(text -> date("from", text)).orElse(null),
            query.first("to").map(text -> date("to", text)).orElse(null));
    RunFilter its =
        new RunFilter(
            List.of(), List.of(deployment.id()), List.of(), List.of(), null, null, null, null);
    List<FlowRun> runs = site.store().flowRuns().list(its, Page.first(MOST_RUNS));
    Schedule within = within(rule, range.from(), range.to());
    return new Backfill(
        Calendar.of(month, runs, rule.zone(), today, range),
        month,
        rule.zone(),
        within == null ? -1 : count(within),
        rule.describe());
  }

  private static int count(Schedule rule) {
    Instant from = rule.span().start();
    Instant to = rule.span().end();
    return from == null || to == null ? 0 : rule.ticks(from, to, MOST_TICKS).size();
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
    if (days == null || count(days) == 0) {
      throw Refused.badField("from", "the schedule has no tick on these days: choose others");
    }
    Instant end = days.span().end();
    if (end != null && end.isAfter(site.clock().instant().plus(Duration.ofDays(1)))) {
      throw Refused.badField("to", "a backfill runs what has passed: choose days up to today");
    }
    site.store()
        .schedules()
        .backfill(
            deployment.id(),
            new NewSchedule(days.text(), "{}", "ALL", (int) atOnce, Duration.ZERO),
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
