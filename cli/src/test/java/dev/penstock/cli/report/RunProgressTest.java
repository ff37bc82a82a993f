package dev.penstock.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.run.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /// A run whose steps a test replaces as it goes on.
  private static final class Moving {
    private final RunProgress progress;
    private final List<StepStatus> steps = new ArrayList<>();

    Moving(String name, OptionalLong size) {
      progress = new RunProgress(new Counted(name, size, steps));
    }

    List<String> at(long seconds, StepStatus... now) {
      steps.clear();
      steps.addAll(List.of(now));
      return progress.lines(seconds * SECOND);
    }
  }

  private static StepStatus source(long out) {
    return Counted.step("Parquet.read(trips)", null, out, out, 0);
  }

  private static StepStatus observed(String subject, long in) {
    return Counted.step("observe", subject, in, in, 0);
  }

  @Test
  void everyObservedPointHasALineWithRateShareAndTimeLeft() {
    Moving run = new Moving("", OptionalLong.of(4_000_000));
    run.at(1, source(0), observed("trips", 0), observed("loaded", 0));
    assertThat(run.at(2, source(1_000_000), observed("trips", 990_000), observed("loaded", 500)))
        .containsExactly(
            "trips           990,000   990.0k/s  ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25%  3 s left",
            "loaded              500      500/s  ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25%  3 s left");
    assertThat(
            run.at(5, source(4_000_000), observed("trips", 3_960_000), observed("loaded", 2_000)))
        .first()
        .isEqualTo("trips         3,960,000   990.0k/s  ━━━━━━━━━━━━━━━━━━━━━━━━ 100%");
  }

  @Test
  void aRunWithoutObservedPointsHasOneLine() {
    Moving run = new Moving("nightly", OptionalLong.empty());
    StepStatus failing = Counted.step("map", null, 20, 17, 3);
    run.at(1, source(0), failing);
    assertThat(run.at(2, source(20), failing))
        .containsExactly("nightly              20       20/s  3 failed");
  }

  @Test
  void aSpeedIsSmoothed() {
    Moving run = new Moving("n", OptionalLong.empty());
    run.at(1, source(0));
    run.at(2, source(1_000));
    assertThat(run.at(3, source(1_000))).first().asString().contains("607/s");
  }

  @Test
  void aSourceThatIsLargerThanItSaidIsNeverBeyondItsEnd() {
    Moving run = new Moving("n", OptionalLong.of(10));
    run.at(1, source(0));
    assertThat(run.at(2, source(30))).first().asString().contains("100%").doesNotContain("left");
  }

  @Test
  void aRunThatHasNotBegunHasNoLine() {
    assertThat(new Moving("n", OptionalLong.empty()).at(1)).isEmpty();
  }
}
