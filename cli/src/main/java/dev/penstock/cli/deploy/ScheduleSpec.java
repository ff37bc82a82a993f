package dev.penstock.cli.deploy;

import dev.penstock.data.DidYouMean;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.schedule.TimeText;
import dev.penstock.flow.store.NewSchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A schedule as people write it, in options or in a file.
///
/// @param kind `always`, `cron`, `interval` or `rrule`
/// @param anchor a time; null for midnight of 1970-01-01 in the zone
/// @param start a time, inclusive; null for none
/// @param end a time, exclusive; null for none
/// @param catchUp `all`, `latest` or `none`
/// @param parameters a JSON object
public record ScheduleSpec(
    String kind,
    String rule,
    String zone,
    @Nullable String anchor,
    @Nullable String start,
    @Nullable String end,
    String catchUp,
    @Nullable Integer maxActive,
    String jitter,
    String parameters) {
  private static final List<String> POLICIES = List.of("all", "latest", "none");

  /// As it is stored.
  ///
  /// @throws IllegalArgumentException when it means nothing
  public NewSchedule schedule() {
    if (!POLICIES.contains(catchUp)) {
      throw new IllegalArgumentException(
          "catch-up must be all, latest or none, was \""
              + catchUp
              + "\""
              + DidYouMean.hint(catchUp, POLICIES));
    }
    return new NewSchedule(
        made().text(),
        parameters,
        catchUp.toUpperCase(Locale.ROOT),
        maxActive,
        length("jitter", jitter));
  }

  /// The rule within its bounds.
  ///
  /// @throws IllegalArgumentException when it means nothing
  private Schedule made() {
    ZoneId in = timeZone();
    Schedule schedule =
        switch (kind) {
          case "always" -> Schedule.always(length("always", rule));
          case "cron" -> Schedule.cron(rule, in);
          case "interval" -> Schedule.every(length("interval", rule), anchored(in), in);
          case "rrule" -> Schedule.rrule(rule, LocalDateTime.ofInstant(anchored(in), in), in);
          default -> throw new IllegalArgumentException("there is no schedule \"" + kind + "\"");
        };
    return schedule.within(
        new Span(
            start == null ? null : TimeText.parse("start", start, in),
            end == null ? null : TimeText.parse("end", end, in)));
  }

  private Instant anchored(ZoneId in) {
    return anchor == null
        ? LocalDate.EPOCH.atStartOfDay(in).toInstant()
        : TimeText.parse("anchor", anchor, in);
  }

  private ZoneId timeZone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "there is no time zone \""
              + zone
              + "\""
              + DidYouMean.hint(zone, ZoneId.getAvailableZoneIds()));
    }
  }

  private static Duration length(String what, String text) {
    try {
      return (Duration) ParameterParser.parse(text, Duration.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }
}
