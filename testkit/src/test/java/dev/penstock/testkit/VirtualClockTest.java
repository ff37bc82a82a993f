package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoLeaks
@Timeout(180)
class VirtualClockTest {

  @Test
  void a_sleeper_wakes_when_its_time_has_come_and_not_before() throws Exception {
    VirtualClock clock = VirtualClock.manual();
    AtomicBoolean awake = new AtomicBoolean();
    Thread sleeper =
        Thread.startVirtualThread(() -> {
          try {
            clock.sleep(Duration.ofHours(1).toNanos());
            awake.set(true);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    while (clock.sleepers() == 0) {
      Thread.onSpinWait();
    }
    clock.advance(Duration.ofMinutes(59));
    assertThat(sleeper.join(Duration.ofMillis(20))).isFalse();
    assertThat(awake).isFalse();
    clock.advance(Duration.ofMinutes(2));
    sleeper.join();
    assertThat(awake).isTrue();
  }

  @Test
  void a_leaping_clock_passes_the_time_that_is_slept() throws Exception {
    VirtualClock clock = VirtualClock.leaping();
    clock.sleep(Duration.ofDays(1).toNanos());
    clock.park(this, Duration.ofHours(1).toNanos());
    assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(25));
  }
}
