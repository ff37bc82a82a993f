package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.flow.DataInterval;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RRuleTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDateTime SEPTEMBER = LocalDateTime.parse("1997-09-02T09:00");

  private static String times(String rule, LocalDateTime start, int count) {
    return Schedule.rrule(rule, start, NEW_YORK).ticks(Instant.EPOCH, Ticks.LATEST, count).stream()
        .map(tick -> LocalDateTime.ofInstant(tick, NEW_YORK).toString())
        .collect(Collectors.joining(" "));
  }

  /// The examples of RFC 5545, section 3.8.5.3: rule, start, the first days at 9:00.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;COUNT=3 | 1997-09-02 | 1997-09-02 1997-09-03 1997-09-04",
        "FREQ=DAILY;UNTIL=19970904T130000Z | 1997-09-02 | 1997-09-02 1997-09-03 1997-09-04",
        "FREQ=DAILY;UNTIL=19970904T125959Z | 1997-09-02 | 1997-09-02 1997-09-03",
        "FREQ=DAILY;UNTIL=19970903 | 1997-09-02 | 1997-09-02 1997-09-03",
        "FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09-02"
            + " | 1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12",
        "FREQ=WEEKLY;COUNT=10 | 1997-09-02 | 1997-09-02 1997-09-09 1997-09-16 1997-09-23"
            + " 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1997-09-02 | 1997-09-02 1997-09-16 1997-09-30 1997-10-14",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997-09-02 | 1997-09-02 1997-09-04"
            + " 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1997-09-05 | 1997-09-05 1997-10-03 1997-11-07 1997-12-05"
            + " 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 1997-09-07 | 1997-09-07 1997-09-28"
            + " 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03"
            + " 1998-05-31",
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 1997-09-22 | 1997-09-22 1997-10-20 1997-11-17 1997-12-22"
            + " 1998-01-19 1998-02-16",
        "FREQ=MONTHLY;BYMONTHDAY=-3 | 1997-09-28 | 1997-09-28 1997-10-29 1997-11-28 1997-12-29"
            + " 1998-01-29 1998-02-26",
        "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1 | 1997-09-30"
            + " | 1997-09-30 1997-10-01 1997-10-31 1997-11-01",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 1997-09-10"
            + " | 1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10"
            + " 1999-03-11 1999-03-12 1999-03-13",
        "FREQ=YEARLY;COUNT=4;BYMONTH=6,7 | 1997-06-10 | 1997-06-10 1997-07-10 1998-06-10 1998-07-10",
        "FREQ=YEARLY;INTERVAL=2;COUNT=5;BYMONTH=1,2,3 | 1997-03-10"
            + " | 1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997-01-01"
            + " | 1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01"
            + " 2003-04-10 2003-07-19 2006-01-01",
        "FREQ=YEARLY;BYDAY=20MO | 1997-05-19 | 1997-05-19 1998-05-18 1999-05-17",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05-12 | 1997-05-12 1998-05-11 1999-05-17",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997-03-13 | 1997-03-13 1997-03-20 1997-03-27 1998-03-05",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | 1997-09-02"
            + " | 1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 1997-09-13"
            + " | 1997-09-13 1997-10-11 1997-11-08 1997-12-13",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05"
            + " | 1996-11-05 2000-11-07 2004-11-02",
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04"
            + " | 1997-09-04 1997-10-07 1997-11-06",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09-29"
            + " | 1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 1997-08-05"
            + " | 1997-08-05 1997-08-10 1997-08-19 1997-08-24",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997-08-05"
            + " | 1997-08-05 1997-08-17 1997-08-19 1997-08-31",
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007-01-15"
            + " | 2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30",
      })
  void examplesOfTheRfc(String rule, String start, String days) {
    int count = days.split(" ").length;
    boolean ends = rule.contains("COUNT") || rule.contains("UNTIL");
    assertThat(times(rule, LocalDateTime.parse(start + "T09:00"), ends && count < 10 ? 20 : count))
        .isEqualTo(days.replaceAll("(\\S+)", "$1T09:00"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000"
            + " | 1997-09-02T09:00 1997-09-02T12:00 1997-09-02T15:00",
        "FREQ=MINUTELY;INTERVAL=15;COUNT=3 | 1997-09-02T09:00 1997-09-02T09:15 1997-09-02T09:30",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=3 | 1997-09-02T09:00 1997-09-02T10:30 1997-09-02T12:00",
        "FREQ=DAILY;BYHOUR=16,17;BYMINUTE=0,40;COUNT=4"
            + " | 1997-09-02T16:00 1997-09-02T16:40 1997-09-02T17:00 1997-09-02T17:40",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9;COUNT=4"
            + " | 1997-09-02T09:00 1997-09-02T09:20 1997-09-02T09:40 1997-09-03T09:00",
        "FREQ=SECONDLY;BYHOUR=3;COUNT=2 | 1997-09-03T03:00 1997-09-03T03:00:01",
        "FREQ=SECONDLY;INTERVAL=7;BYMONTH=1;COUNT=1 | 1998-01-01T00:00:06",
        "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1;COUNT=2 | 1997-09-02T09:40 1997-09-02T10:40",
      })
  void shorterPeriodsAreCountedToo(String rule, String times) {
    assertThat(times(rule, SEPTEMBER, 20)).isEqualTo(times);
  }

  @Test
  void whatTheClockLeavesOutIsLaterAndWhatItShowsTwiceIsFirst() {
    LocalDateTime march = LocalDateTime.parse("2026-03-07T02:30");
    assertThat(Schedule.rrule("FREQ=DAILY", march, NEW_YORK).ticks(Instant.EPOCH, Ticks.LATEST, 3))
        .containsExactly(
            Instant.parse("2026-03-07T07:30:00Z"),
            Instant.parse("2026-03-08T07:30:00Z"),
            Instant.parse("2026-03-09T06:30:00Z"));
    LocalDateTime october = LocalDateTime.parse("2026-10-31T01:30");
    assertThat(
            Schedule.rrule("FREQ=DAILY", october, NEW_YORK).ticks(Instant.EPOCH, Ticks.LATEST, 3))
        .containsExactly(
            Instant.parse("2026-10-31T05:30:00Z"),
            Instant.parse("2026-11-01T05:30:00Z"),
            Instant.parse("2026-11-02T06:30:00Z"));
  }

  @Test
  void ticksAreInOrderWhereTimesThatWereLeftOutMeetOthers() {
    Schedule rule =
        Schedule.rrule(
            "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30,45",
            LocalDateTime.parse("2026-03-08T00:00"),
            NEW_YORK);
    assertThat(rule.ticks(Instant.EPOCH, Instant.parse("2026-03-08T12:00:00Z"), 20))
        .containsExactly(
            Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-03-08T07:30:00Z"),
            Instant.parse("2026-03-08T07:45:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-07T02:30, 20260308T071500Z, 1",
    "2026-03-07T02:30, 20260308T073000Z, 2",
    "2026-10-31T01:30, 20261101T051500Z, 1",
    "2026-10-31T01:30, 20261101T061500Z, 2",
  })
  void anEndInUtcIsAnInstantWhateverClocksShow(LocalDateTime start, String until, int count) {
    assertThat(
            Schedule.rrule("FREQ=DAILY;UNTIL=" + until, start, NEW_YORK)
                .ticks(Instant.EPOCH, Ticks.LATEST, 9))
        .hasSize(count);
  }

  @Test
  void aFarDayIsFoundAtOnceAndPreviousGoesBack() {
    Schedule rule = Schedule.rrule("FREQ=SECONDLY;INTERVAL=7", SEPTEMBER, NEW_YORK);
    Instant start = Instant.parse("1997-09-02T13:00:00Z");
    Instant far = start.plusSeconds(7L * 150_000_000);
    Instant tick = rule.next(far).orElseThrow();
    assertThat(tick).isBetween(far.plusSeconds(1), far.plusSeconds(7));
    assertThat(rule.previous(tick)).contains(tick.minusSeconds(7));
    assertThat(rule.interval(start)).isEqualTo(new DataInterval(start, start));
    assertThat(rule.next(start)).contains(start.plusSeconds(7));
  }

  @Test
  void badRulesAreRefusedWithEachPartByName() throws IOException {
    StringBuilder messages = new StringBuilder();
    for (String rule :
        List.of(
            "FREQ=DAYLY;BYHOR=5;COUNT=0",
            "BYDAY=MO",
            "FREQ=WEEKLY;BYMONTHDAY=1;BYWEEKNO=3;BYYEARDAY=4;BYDAY=2MO",
            "FREQ=DAILY;BYHOUR=24;BYMINUTE=-1;BYDAY=MON;WKST=8;BYSETPOS=0;INTERVAL=x",
            "FREQ=DAILY;BYSETPOS=1;COUNT=1;UNTIL=tomorrow",
            "FREQ=DAILY;FREQ=DAILY;COUNT=;",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
            "FREQ=SECONDLY;INTERVAL=60;BYSECOND=5",
            "FREQ=DAILY;UNTIL=19970101",
            "")) {
      Throwable refused = catchThrowable(() -> Schedule.rrule(rule, SEPTEMBER, NEW_YORK));
      assertThat(refused).as(rule).isInstanceOf(ScheduleRefused.class);
      messages.append(refused.getMessage()).append("\n\n");
    }
    Golden.assertMatches("rrule-refused", messages.toString());
  }
}
