package dev.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.GivenUp;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.RunOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A pipeline on from one of its steps, over records that this step was given before.
class ReplayingTest {
  private static final class Collecting<T> implements PlainSink<T> {
    private static final long serialVersionUID = 1L;
    private final transient List<T> records = Collections.synchronizedList(new ArrayList<>());
    private final boolean adds;

    Collecting(boolean adds) {
      this.adds = adds;
    }

    @Override
    public PlainWriter<T> open() {
      return new PlainWriter<>() {
        @Override
        public void write(T record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public boolean adds() {
      return adds;
    }

    @Override
    public String describe() {
      return "collecting";
    }
  }

  private final Collecting<Object> sink = new Collecting<>(true);

  private static int odd(int number) {
    if (number % 2 == 0) {
      throw new IllegalStateException(number + " is even");
    }
    return number;
  }

  private static int half(int number) {
    return number / 2;
  }

  private static boolean small(int number) {
    return number < 50;
  }

  @Test
  void theStepsAboveAreLeftOutAndThoseBelowAreAsTheyWere() {
    RunnablePipeline whole =
        Pipeline.over(List.of(1, 2, 3))
            .map(ReplayingTest::odd)
            .map(ReplayingTest::half)
            .filter(ReplayingTest::small)
            .batch(2)
            .to(sink);
    RunnablePipeline replay =
        whole.replaying(
            "map(ReplayingTest::half)",
            Stream.of(8, 200, 10, 12).map(n -> new GivenUp(n, null)).toList());
    assertThat(replay.explain())
        .contains("from(records of dead letters)", "half", "filter", "batch(2)")
        .doesNotContain("odd");
    replay.run();
    assertThat(sink.records).containsExactly(List.of(4, 5), List.of(6));
  }

  @Test
  void aListenerIsToldWhatIsToBeReplayed() {
    List<Failure> told = new ArrayList<>();
    RunnablePipeline pipeline =
        Pipeline.over(List.of(1, 2, 3, 4))
            .map(ReplayingTest::odd)
            .catching(IllegalStateException.class)
            .deadLetter(new Collecting<DeadLetter>(true))
            .to(sink);
    pipeline.run(
        RunOptions.DEFAULT.listener(
            new RunListener() {
              @Override
              public void deadLettered(LiveRun run, Failure failure, DeadLetter letter) {
                told.add(failure);
              }
            }));
    assertThat(told).extracting(Failure::record).containsExactly(2, 4);
    assertThat(told).extracting(Failure::index).containsExactly(1L, 3L);
    assertThat(pipeline.whyNotReplayable(told.getFirst().step())).isEmpty();
  }

  @Test
  void whatWouldDoHarmIsRefusedWithItsReason() {
    Pipeline<Integer> odds = Pipeline.over(List.of(1)).map(ReplayingTest::odd);
    assertThat(odds.to(new Collecting<>(false)).whyNotReplayable("map(ReplayingTest::odd)"))
        .hasValueSatisfying(why -> assertThat(why).contains("would take the place of all others"));
    assertThat(odds.to(sink).whyNotReplayable("over([1])"))
        .hasValueSatisfying(why -> assertThat(why).contains("not a step between the sink and"));
    assertThat(odds.map(ReplayingTest::odd).to(sink).whyNotReplayable("map(ReplayingTest::odd)"))
        .hasValueSatisfying(why -> assertThat(why).startsWith("2 steps are called"));
    assertThat(odds.merge(odds).to(sink).whyNotReplayable("map(ReplayingTest::odd)")).isPresent();
    assertThat(
            odds.catching(Exception.class)
                .skip()
                .to(sink)
                .whyNotReplayable("catching(Exception).skip()"))
        .isPresent();
    assertThatThrownBy(() -> odds.to(sink).replaying("nothing", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
