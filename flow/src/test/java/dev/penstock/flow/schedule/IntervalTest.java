package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant ANCHOR = Instant.parse("2026-03-07T14:00:00Z");

  @Test
  void wholeDaysKeepTheLocalTimeWhenClocksChange() {
    assertThat(Schedule.every(Duration.ofDays(1), ANCHOR, NEW_YORK).ticks(ANCHOR, Ticks.LATEST, 3))
        .containsExactly(
            ANCHOR, Instant.parse("2026-03-08T13:00:00Z"), Instant.parse("2026-03-09T13:00:00Z"));
  }

  @Test
  void otherDurationsAreExact() {
    assertThat(
            Schedule.every(Duration.ofHours(12), ANCHOR, NEW_YORK).ticks(ANCHOR, Ticks.LATEST, 3))
        .containsExactly(
            ANCHOR, Instant.parse("2026-03-08T02:00:00Z"), Instant.parse("2026-03-08T14:00:00Z"));
  }

  @Test
  void aLocalTimeThatTheClockLeavesOutComesRightAfterTheChange() {
    Instant anchor = Instant.parse("2026-03-07T07:30:00Z");
    assertThat(Schedule.every(Duration.ofDays(1), anchor, NEW_YORK).next(anchor))
        .contains(Instant.parse("2026-03-08T07:00:00Z"));
  }

  @Test
  void theAnchorCountsInBothDirections() {
    Interval interval = Schedule.every(Duration.ofMinutes(90), ANCHOR, NEW_YORK);
    Instant before = ANCHOR.minus(Duration.ofMinutes(90 * 7));
    assertThat(interval.next(before.minusNanos(1))).contains(before);
    assertThat(interval.next(before)).contains(before.plus(Duration.ofMinutes(90)));
    assertThat(interval.next(before.plusNanos(1))).contains(before.plus(Duration.ofMinutes(90)));
    assertThat(interval.previous(before)).contains(before.minus(Duration.ofMinutes(90)));
    Interval days = Schedule.every(Duration.ofDays(3), ANCHOR, NEW_YORK);
    assertThat(days.next(ANCHOR.minus(Duration.ofDays(4))))
        .contains(ANCHOR.minus(Duration.ofDays(3)));
  }

  @Test
  void moreThanAHundredYearsAreRefused() {
    assertThatThrownBy(() -> Schedule.every(Duration.ofDays(36_526), ANCHOR, NEW_YORK))
        .isInstanceOf(ScheduleRefused.class)
        .hasMessageContaining("it must be at most 100 years (P36525D)");
    Interval longest = Schedule.every(Duration.ofDays(36_525), ANCHOR, NEW_YORK);
    assertThat(longest.ticks(Ticks.EARLIEST, Ticks.LATEST, 100)).hasSizeGreaterThan(80);
  }

  @Test
  void lessThanASecondIsRefused() {
    assertThatThrownBy(() -> Schedule.every(Duration.ofMillis(999), ANCHOR, NEW_YORK))
        .isInstanceOf(ScheduleRefused.class)
        .hasMessage("interval: it must be at least 1 s (PT1S), was PT0.999S");
  }

  @Test
  void describedInWords() {
    assertThat(Schedule.every(Duration.ofDays(1), ANCHOR, NEW_YORK).describe())
        .isEqualTo("every day from 2026-03-07T09:00 (America/New_York)");
    assertThat(Schedule.every(Duration.ofMinutes(90), ANCHOR, NEW_YORK).describe())
        .isEqualTo("every 1h 30m from 2026-03-07T09:00 (America/New_York)");
  }
}
