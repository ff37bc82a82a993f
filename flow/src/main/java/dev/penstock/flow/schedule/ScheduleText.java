package dev.penstock.flow.schedule;

import dev.penstock.data.DidYouMean;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Schedules as texts and as maps of texts, and back.
final class ScheduleText {
  private static final List<String> KINDS = List.of("always", "cron", "interval", "rrule");
  private static final List<String> SETTINGS = List.of("zone", "anchor", "dtstart", "start", "end");

  private static final String AN_INSTANT = "2026-01-31T06:00:00Z";

  private final Map<String, ?> given;
  private final List<String> problems = new ArrayList<>();

  private ScheduleText(Map<String, ?> given) {
    this.given = given;
  }

  static Map<String, String> map(Schedule schedule) {
    Map<String, String> map = new LinkedHashMap<>();
    switch (schedule) {
      case Always always -> map.put("always", always.longest().toString());
      case Cron cron -> map.put("cron", cron.expression());
      case Interval interval -> {
        map.put("interval", interval.every().toString());
        map.put("anchor", interval.anchor().toString());
      }
      case RRule rule -> {
        map.put("rrule", rule.rule());
        map.put("dtstart", rule.start().toString());
      }
    }
    map.put("zone", schedule.zone().getId());
    Span span = schedule.span();
    if (span.start() != null) {
      map.put("start", span.start().toString());
    }
    if (span.end() != null) {
      map.put("end", span.end().toString());
    }
    return Collections.unmodifiableMap(map);
  }

  static String print(Schedule schedule) {
    StringBuilder text = new StringBuilder();
    map(schedule)
        .forEach((name, value) ->
            text.append(text.isEmpty() ? name + " " : " " + name + "=").append(value));
    return text.toString();
  }

  static Schedule parse(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    List<String> words = List.of(text.strip().split("\\s+"));
    List<String> rule = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals);
      if (!name.matches("[a-z]+")) {
        rule.add(word);
      } else if (map.put(name, word.substring(equals + 1)) != null) {
        throw new ScheduleRefused("schedule \"" + text + "\"", List.of(name + " is given twice"));
      }
    }
    map.put(words.getFirst(), String.join(" ", rule));
    return of(map);
  }

  static Schedule of(Map<String, ?> map) {
    return new ScheduleText(map).read();
  }

  private Schedule read() {
    refuseUnknown();
    ZoneId zone = value("zone", ZoneId::of, "Europe/Berlin").orElse(ZoneId.of("UTC"));
    Optional<Instant> start = value("start", Instant::parse, AN_INSTANT);
    Optional<Instant> end = value("end", Instant::parse, AN_INSTANT);
    Optional<Schedule> rule = made(() -> rule(zone));
    Optional<Span> span = made(() -> Optional.of(new Span(start.orElse(null), end.orElse(null))));
    if (!problems.isEmpty() || rule.isEmpty() || span.isEmpty()) {
      throw new ScheduleRefused("schedule " + given, problems);
    }
    return rule.get().within(span.get());
  }

  private void refuseUnknown() {
    List<String> known = Stream.concat(KINDS.stream(), SETTINGS.stream()).toList();
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        problems.add("\"%s\" is unknown%s".formatted(name, DidYouMean.hint(name, known)));
      }
    }
    refuseWithout("anchor", "interval");
    refuseWithout("dtstart", "rrule");
  }

  private void refuseWithout(String setting, String kind) {
    if (given.containsKey(setting) && !given.containsKey(kind)) {
      problems.add(setting + " is a setting of " + kind + " only");
    }
  }

  /// The rule without bounds; empty with a problem noted when something is missing.
  private Optional<Schedule> rule(ZoneId zone) {
    List<String> kinds = KINDS.stream().filter(given::containsKey).toList();
    if (kinds.size() != 1) {
      problems.add(
          "it must be one of always, cron, interval and rrule"
              + (kinds.isEmpty() ? "" : ", was " + String.join(" and ", kinds)));
      return Optional.empty();
    }
    return switch (kinds.getFirst()) {
      case "always" ->
          needed("always", Duration::parse, "PT5M")
              .map(longest -> new Always(longest, zone, Span.ALWAYS));
      case "cron" ->
          needed("cron", Function.identity(), "0 6 * * *").map(line -> new Cron(line, zone));
      case "interval" -> {
        Optional<Duration> every = needed("interval", Duration::parse, "PT15M or P1D");
        Optional<Instant> anchor = needed("anchor", Instant::parse, AN_INSTANT);
        yield every.flatMap(length -> anchor.map(at -> new Interval(length, at, zone)));
      }
      default -> {
        Optional<String> text = needed("rrule", Function.identity(), "FREQ=DAILY");
        Optional<LocalDateTime> at = needed("dtstart", LocalDateTime::parse, "2026-01-31T06:00");
        yield text.flatMap(written -> at.map(from -> new RRule(written, from, zone)));
      }
    };
  }

  private <T> Optional<T> made(Supplier<Optional<T>> maker) {
    try {
      return maker.get();
    } catch (ScheduleRefused e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private <T> Optional<T> needed(String name, Function<String, T> reader, String example) {
    if (!given.containsKey(name)) {
      problems.add(name + " is missing; it is like " + example);
    }
    return value(name, reader, example);
  }

  private <T> Optional<T> value(String name, Function<String, T> reader, String example) {
    if (!given.containsKey(name)) {
      return Optional.empty();
    }
    String text = String.valueOf(given.get(name));
    try {
      return Optional.of(reader.apply(text));
    } catch (DateTimeException e) {
      problems.add("%s must be like %s, was \"%s\"".formatted(name, example, text));
      return Optional.empty();
    }
  }
}
