package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.schedule.CronDaemon.Line;
import dev.penstock.testkit.Seed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of cron beside a daemon that walks minute by minute. `-Dpenstock.seed=N` repeats the
/// generated ones.
class CronTableTest {
  /// Lines, and what they mean, said without reading them.
  private static final List<Line> TABLE =
      List.of(
          new Line("30 2 * * *", false, t -> t.getHour() == 2 && t.getMinute() == 30),
          new Line("15 1 * * *", false, t -> t.getHour() == 1 && t.getMinute() == 15),
          new Line("0,45 0-3 * * *", false, t -> t.getHour() < 4 && t.getMinute() % 45 == 0),
          new Line("@hourly", true, t -> t.getMinute() == 0),
          new Line("*/20 2 * * *", true, t -> t.getHour() == 2 && t.getMinute() % 20 == 0),
          new Line(
              "10 12 13 * FRI",
              false,
              t ->
                  t.getHour() == 12
                      && t.getMinute() == 10
                      && (t.getDayOfMonth() == 13 || t.getDayOfWeek() == DayOfWeek.FRIDAY)),
          new Line(
              "0 0 L * *",
              false,
              t ->
                  t.getHour() == 0
                      && t.getMinute() == 0
                      && t.plusDays(1).getMonth() != t.getMonth()),
          new Line(
              "5 2 * * SUN#2",
              false,
              t ->
                  t.getHour() == 2
                      && t.getMinute() == 5
                      && t.getDayOfWeek() == DayOfWeek.SUNDAY
                      && t.minusDays(7).getMonth() == t.getMonth()
                      && t.minusDays(14).getMonth() != t.getMonth()));

  /// Half an hour of summer time; none; south of the equator; rules that changed (Moscow left
  /// summer time for ever in 2014, with two different offsets); and the usual.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "America/Santiago",
        "Europe/Moscow",
        "America/New_York"
      })
  void tenYearsAreAsADaemonWouldHaveRun(ZoneId zone) {
    Instant from = Instant.parse("2009-01-01T00:00:00Z");
    Instant to = Instant.parse("2019-01-01T00:00:00Z");
    List<List<Instant>> wanted = CronDaemon.ticks(TABLE, zone, from, to);
    for (int i = 0; i < TABLE.size(); i++) {
      String line = TABLE.get(i).text();
      assertThat(Schedule.cron(line, zone).ticks(from, to, Integer.MAX_VALUE))
          .as("%s in %s", line, zone)
          .isEqualTo(wanted.get(i));
    }
  }

  @Test
  void generatedLinesAreAsADaemonWouldHaveRunAroundChangesOfTheClock() {
    long seed = Seed.of("generated lines of cron");
    Random random = new Random(seed);
    List<String> zones =
        List.of("Australia/Lord_Howe", "Europe/Berlin", "America/Santiago", "Pacific/Apia");
    for (int i = 0; i < 600; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Instant change = change(zone, random);
      Instant from = change.minus(Duration.ofDays(3));
      Instant to = change.plus(Duration.ofDays(4));
      Line line = line(random);
      Schedule schedule = Schedule.cron(line.text(), zone);
      List<Instant> wanted = CronDaemon.ticks(List.of(line), zone, from, to).getFirst();
      assertThat(schedule.ticks(from, to, Integer.MAX_VALUE))
          .as("%s in %s around %s, -Dpenstock.seed=%d", line.text(), zone, change, seed)
          .isEqualTo(wanted);
      for (int tick = 1; tick < wanted.size(); tick++) {
        assertThat(schedule.previous(wanted.get(tick)))
            .as("before %s: %s in %s", wanted.get(tick), line.text(), zone)
            .contains(wanted.get(tick - 1));
      }
    }
  }

  private static Instant change(ZoneId zone, Random random) {
    Instant any = Instant.parse("2008-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(4000)));
    ZoneOffsetTransition change = zone.getRules().previousTransition(any);
    return change.getInstant();
  }

  private static Line line(Random random) {
    List<String> texts = new ArrayList<>();
    IntPredicate minute = field(random, 0, 59, texts);
    IntPredicate hour = field(random, 0, random.nextBoolean() ? 3 : 23, texts);
    IntPredicate day = field(random, 1, 31, texts);
    texts.add("*");
    IntPredicate weekday = field(random, 0, 6, texts);
    boolean wild = texts.get(0).startsWith("*") || texts.get(1).startsWith("*");
    boolean both = texts.get(2).startsWith("*") || texts.get(4).startsWith("*");
    Predicate<LocalDateTime> meaning =
        time -> {
          boolean ofMonth = day.test(time.getDayOfMonth());
          boolean ofWeek = weekday.test(time.getDayOfWeek().getValue() % 7);
          return minute.test(time.getMinute())
              && hour.test(time.getHour())
              && (both ? ofMonth && ofWeek : ofMonth || ofWeek);
        };
    return new Line(String.join(" ", texts), wild, meaning);
  }

  private static IntPredicate field(Random random, int min, int max, List<String> texts) {
    int a = min + random.nextInt(max - min + 1);
    int b = min + random.nextInt(max - min + 1);
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    int step = 1 + random.nextInt(Math.min(7, max - min));
    return switch (random.nextInt(6)) {
      case 0 -> said(texts, low + "," + high, value -> value == low || value == high);
      case 1 -> said(texts, low + "-" + high, value -> value >= low && value <= high);
      case 2 ->
          said(
              texts,
              low + "-" + high + "/" + step,
              value -> value >= low && value <= high && (value - low) % step == 0);
      case 3 -> said(texts, "*/" + step, value -> (value - min) % step == 0);
      case 4 -> said(texts, "*", _ -> true);
      default -> said(texts, "" + a, value -> value == a);
    };
  }

  private static IntPredicate said(List<String> texts, String text, IntPredicate meaning) {
    texts.add(text);
    return meaning;
  }
}
