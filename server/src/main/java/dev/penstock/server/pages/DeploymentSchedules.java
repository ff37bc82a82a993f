package dev.penstock.server.pages;

import dev.penstock.data.ParameterParser;
import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.ScheduleRefused;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.server.view.Tick;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The schedules of a deployment: what their panel shows, and what their form does.
public final class DeploymentSchedules {
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

  /// When a deployment runs next; empty while it stands still.
  static Optional<Instant> next(Store store, Deployment deployment) {
    return store.schedules().of(deployment.id()).stream()
        .filter(schedule -> schedule.active() && !schedule.ended() && !deployment.paused())
        .flatMap(schedule -> ticks(List.of(schedule), 1).stream())
        .map(Tick::at)
        .min(Instant::compareTo);
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
}
