package dev.penstock.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What charts say besides what they draw.
class ChartsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:47Z");
  private static final Words WORDS = new Words(ZoneOffset.UTC, NOW);

  private static List<String> ticks(long seconds) {
    return Scatter.ticks(NOW.minusSeconds(seconds), NOW, WORDS).stream()
        .map(Timeline.Tick::label)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 20, 61, 100, 240, 900, 3600, 9000, 86_400, 604_800, 2_592_000})
  void howeverShortTheTimeItHasTicks(long seconds) {
    assertThat(ticks(seconds)).hasSizeBetween(2, 7).doesNotHaveDuplicates();
  }

  @Test
  void ticksOfMinutesAreRound() {
    assertThat(ticks(240)).containsExactly("11:57", "11:58", "11:59", "12:00");
    assertThat(ticks(50)).startsWith("12:00:00", "12:00:10");
  }

  @Test
  void aTrendIsToldByTheTimeBefore() {
    List<FlowRuns.Ended> ended =
        List.of(
            new FlowRuns.Ended(StateType.COMPLETED, 1, 5),
            new FlowRuns.Ended(StateType.COMPLETED, 4, 990),
            new FlowRuns.Ended(StateType.FAILED, 5, 10),
            new FlowRuns.Ended(StateType.COMPLETED, 8, 1)); // ended while it was asked
    Trend all = Trend.of(ended, Set.of(StateType.COMPLETED, StateType.FAILED), 4);
    assertThat(all.now()).isEqualTo(1001);
    assertThat(all.words("the day before")).isEqualTo("996 more than the day before");
    Trend completed = Trend.of(ended, Set.of(StateType.COMPLETED), 4);
    assertThat(completed.share(all.now())).isEqualTo("99.0 %");
    assertThat(Trend.of(List.of(), Set.of(), 4).words("the hour before"))
        .isEqualTo("as many as the hour before");
  }

  @Test
  void aRunThatHasNotStartedSaysHowLongItWaits() {
    assertThat(length(StateName.RUNNING, NOW.minusSeconds(12), null)).isEqualTo("12 s");
    assertThat(length(StateName.COMPLETED, NOW.minusSeconds(12), NOW.minusSeconds(2)))
        .isEqualTo("10 s");
    assertThat(length(StateName.LATE, null, null)).isEqualTo("late 6 min 0 s");
    assertThat(length(StateName.AWAITING_CONCURRENCY_SLOT, null, null))
        .isEqualTo("waits 1 min 30 s");
    assertThat(length(StateName.SCHEDULED, null, null)).isEmpty();
  }

  private static String length(
      StateName state, @Nullable Instant started, @Nullable Instant ended) {
    FlowRun run =
        new FlowRun(
            "id",
            "otter",
            new FlowRun.Origin("ingest", null, null, null, 0, null, null),
            FlowRun.Call.of("{}", List.of()),
            new State(state, NOW.minusSeconds(90), ""),
            NOW.minusSeconds(360),
            1,
            0,
            null,
            null,
            null,
            new FlowRun.Times(NOW.minusSeconds(400), started, ended));
    return RunLength.of(run, WORDS);
  }
}
