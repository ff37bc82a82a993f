package dev.penstock.cli;

import dev.penstock.cli.deploy.ScheduleSpec;
import dev.penstock.flow.store.NewSchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say when something is to run.
final class ScheduleOptions {
  @Option(
      names = "--cron",
      paramLabel = "LINE",
      description = "A line of cron, such as \"0 6 * * MON-FRI\" or @daily; may be repeated.")
  private List<String> cron = new ArrayList<>();

  @Option(
      names = "--interval",
      paramLabel = "LENGTH",
      description = "So often: 30s, 15m, 6h, 1d; may be repeated.")
  private List<String> interval = new ArrayList<>();

  @Option(
      names = "--rrule",
      paramLabel = "RULE",
      description = "A recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=-1FR.")
  private List<String> rrule = new ArrayList<>();

  @Option(
      names = "--always",
      paramLabel = "LENGTH",
      arity = "0..1",
      fallbackValue = "5m",
      description = {
        "A run at any time: begun again a second after the one before has ended,",
        "and after failures later and later, up to this pause; 5m if not said."
      })
  private @Nullable String always;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "The time zone of schedules, such as Europe/Berlin; UTC if not said.")
  private String zone = "UTC";

  @Option(
      names = "--anchor",
      paramLabel = "TIME",
      description = "What an interval is counted from; midnight, 1970-01-01, if not said.")
  private @Nullable String anchor;

  @Option(names = "--start", paramLabel = "TIME", description = "No ticks before this time.")
  private @Nullable String start;

  @Option(names = "--end", paramLabel = "TIME", description = "No ticks at this time or later.")
  private @Nullable String end;

  @Option(
      names = "--catch-up",
      paramLabel = "all|latest|none",
      description = "Which ticks that were missed for over 5 minutes get a run; latest.")
  private String catchUp = "latest";

  @Option(
      names = "--max-active",
      paramLabel = "N",
      description = "How many runs of the schedule may be unfinished at once.")
  private @Nullable Integer maxActive;

  @Option(
      names = "--jitter",
      paramLabel = "LENGTH",
      description = "Begin each run up to so much later than its tick.")
  private String jitter = "0s";

  /// The schedules that were asked for.
  ///
  /// @throws IllegalArgumentException with every problem
  List<NewSchedule> schedules() {
    List<NewSchedule> schedules = new ArrayList<>();
    if (always != null) {
      schedules.add(spec("always", always).schedule());
    }
    cron.forEach(line -> schedules.add(spec("cron", line).schedule()));
    interval.forEach(length -> schedules.add(spec("interval", length).schedule()));
    rrule.forEach(rule -> schedules.add(spec("rrule", rule).schedule()));
    return schedules;
  }

  private ScheduleSpec spec(String kind, String rule) {
    return new ScheduleSpec(kind, rule, zone, anchor, start, end, catchUp, maxActive, jitter, "{}");
  }
}
