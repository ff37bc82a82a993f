package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Schedule HOURLY = Schedule.cron("@hourly", ZoneId.of("UTC"));
  private static final Duration GRACE = Duration.ofMinutes(1);

  private static Instant hour(int n) {
    return T0.plus(Duration.ofHours(n));
  }

  @Test
  void allGivesEachTickOnceInPortions() {
    Instant now = hour(5).plusSeconds(10);
    CatchUp.Due first = CatchUp.ALL.due(HOURLY, T0, now, GRACE, 3);
    assertThat(first).isEqualTo(new CatchUp.Due(List.of(hour(1), hour(2), hour(3)), hour(3)));
    CatchUp.Due second = CatchUp.ALL.due(HOURLY, first.handled(), now, GRACE, 3);
    assertThat(second).isEqualTo(new CatchUp.Due(List.of(hour(4), hour(5)), now));
    assertThat(CatchUp.ALL.due(HOURLY, second.handled(), now, GRACE, 3).ticks()).isEmpty();
  }

  @Test
  void latestGivesTheLastOne() {
    assertThat(CatchUp.LATEST.due(HOURLY, T0, hour(5).plusSeconds(600), GRACE, 3))
        .isEqualTo(new CatchUp.Due(List.of(hour(5)), hour(5).plusSeconds(600)));
    assertThat(CatchUp.LATEST.due(HOURLY, hour(5), hour(5).plusSeconds(1), GRACE, 3).ticks())
        .isEmpty();
  }

  @Test
  void noneGivesOnlyATickThatIsInTime() {
    assertThat(CatchUp.NONE.due(HOURLY, T0, hour(5).plusSeconds(61), GRACE, 3))
        .isEqualTo(new CatchUp.Due(List.of(), hour(5).plusSeconds(61)));
    assertThat(CatchUp.NONE.due(HOURLY, T0, hour(5).plusSeconds(60), GRACE, 3).ticks())
        .containsExactly(hour(5));
  }

  @Test
  void aClockThatGoesBackDoublesNothing() {
    for (CatchUp policy : CatchUp.values()) {
      assertThat(policy.due(HOURLY, hour(5), hour(3), GRACE, 3))
          .isEqualTo(new CatchUp.Due(List.of(), hour(5)));
    }
  }

  @Test
  void aTickIsDueAtItsVeryInstant() {
    for (CatchUp policy : CatchUp.values()) {
      assertThat(policy.due(HOURLY, hour(4), hour(5), Duration.ZERO, 3).ticks())
          .containsExactly(hour(5));
    }
  }

  @Test
  void jitterFollowsFromScheduleAndTickAndSpreads() {
    Jitter jitter = new Jitter(Duration.ofSeconds(10));
    Set<Long> seconds = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Duration delay = jitter.of("schedule-" + i, T0);
      assertThat(delay).isBetween(Duration.ZERO, Duration.ofMillis(9999));
      assertThat(jitter.of("schedule-" + i, T0)).isEqualTo(delay);
      seconds.add(delay.toSeconds());
    }
    assertThat(seconds).hasSize(10);
    assertThat(jitter.of("a", T0)).isEqualTo(Duration.ofMillis(JITTER_OF_A));
    assertThat(Jitter.NONE.of("a", T0)).isZero();
  }

  /// Held, so that a new version of the scheduler works out what the old one did.
  private static final long JITTER_OF_A = 9816;
}
