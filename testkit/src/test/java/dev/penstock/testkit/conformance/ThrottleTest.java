package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.per;
import static dev.penstock.testkit.conformance.Way.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ThrottleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// When each record passed, by a clock that leaps.
  private static List<Long> millis(int records, Rate... rates) {
    VirtualClock clock = VirtualClock.leaping();
    List<Long> at = new ArrayList<>();
    Pipeline<Integer> paced = Pipeline.over(ints(0, records));
    for (Rate rate : rates) {
      paced = paced.throttle(rate);
    }
    paced.tap(i -> at.add(clock.elapsed().toMillis())).run(RunOptions.DEFAULT.clock(clock));
    assertThat(at).hasSize(records);
    return at;
  }

  @Case("A-200")
  void a_window_that_is_not_positive_is_refused_at_declaration() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(-1))) {
      assertThatThrownBy(() -> per(1, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rate window must be positive, was " + bad);
    }
  }

  @Case("A-201")
  void a_count_below_one_is_refused_at_declaration() {
    for (int bad : new int[] {0, -1}) {
      assertThatThrownBy(() -> per(bad, SECOND))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rate count must be at least 1, was " + bad);
    }
  }

  @Case({"A-202", "L-204"})
  void a_full_burst_passes_at_the_beginning_of_each_window() {
    for (int records : new int[] {1, 10, 11}) {
      List<Long> at = millis(records, per(2, SECOND).burst(2));
      assertThat(at.getLast())
          .isBetween((records + 1) / 2 * 1000L - 1000, (records + 1) / 2 * 1010L - 1000);
    }
  }

  @Case({"A-203", "L-204"})
  void failures_are_paced_like_records() {
    VirtualClock clock = VirtualClock.leaping();
    List<Long> at = new ArrayList<>();
    Pipeline.over(ints(0, 11))
        .map(i -> {
          throw new IllegalStateException("each");
        })
        .throttle(per(2, SECOND).burst(2))
        .catching(Exception.class)
        .onFailure(f -> at.add(clock.elapsed().toMillis()))
        .skip()
        .run(RunOptions.DEFAULT.clock(clock));
    assertThat(at).hasSize(11);
    assertThat(at.getLast()).isBetween(5000L, 5050L);
    assertThat(at.get(1)).isLessThan(50L);
  }

  @Case("L-206")
  void of_several_throttles_the_narrowest_decides() {
    assertThat(millis(11, per(5, SECOND).burst(5), per(1, Duration.ofMillis(10))).getLast())
        .isBetween(2000L, 2050L);
    assertThat(millis(11, per(20, SECOND).burst(20), per(1, Duration.ofMillis(200))).getLast())
        .isBetween(2000L, 2050L);
  }

  @Case("L-207")
  void a_narrow_throttle_before_a_wide_one() {
    assertThat(millis(5, per(1, Duration.ofMillis(200)), per(1, Duration.ofMillis(100))).getLast())
        .isBetween(800L, 820L);
  }

  @Case("R-209")
  void the_examples() {
    assertThat(millis(10, per(3, SECOND).burst(3)).getLast()).isBetween(2990L, 3250L);
    assertThat(millis(10, per(1, Duration.ofMillis(100))).getLast()).isBetween(890L, 950L);
    assertThat(millis(10, per(3, SECOND)).getLast()).isBetween(2990L, 3250L);
  }

  @Case("P-210")
  void no_sliding_window_ever_holds_more_than_the_limit() {
    for (Rate rate :
        List.of(per(1000, SECOND).burst(1000), per(1000, SECOND), per(10, SECOND).burst(3))) {
      VirtualClock clock = VirtualClock.leaping();
      List<Long> at = new ArrayList<>();
      int records = rate.count() * 5 / 2;
      Pipeline.over(ints(0, records))
          .tap(i -> {
            if (i == rate.count()) {
              // a stall must not be made up for by more than the limit
              clock.advance(Duration.ofMillis(2700));
            }
          })
          .throttle(rate)
          .tap(i -> at.add(clock.nanos()))
          .run(RunOptions.DEFAULT.clock(clock));
      for (int i = rate.count(); i < at.size(); i++) {
        assertThat(at.get(i) - at.get(i - rate.count()))
            .as("%s: from record %s to %s", rate, i - rate.count(), i)
            .isGreaterThanOrEqualTo(SECOND.toNanos());
      }
      long paced = at.get(rate.count() - 1) - at.getFirst();
      assertThat(paced).as("%s reaches its rate", rate).isLessThanOrEqualTo(1_050_000_000L);
    }
  }
}
