package dev.penstock.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final Journal journal = new Journal();

  private void ran(Summary summary, @Nullable Throwable failure) {
    Counted run = new Counted(summary.pipeline(), OptionalLong.empty(), List.of());
    journal.started(run);
    assertThat(journal.running()).containsExactly(run);
    journal.finished(run, summary, failure);
    assertThat(journal.running()).isEmpty();
  }

  private static Summary trips(String name) {
    return new Summary(
        name,
        46_912,
        46_300,
        0,
        0,
        0,
        1_200_000,
        Duration.ofMillis(812),
        List.of(
            new StepSummary("Parquet.read(trips.parquet)", 46_912, 46_912, 0, 0, 0),
            new StepSummary("filter", 46_912, 46_300, 0, 0, 612),
            new StepSummary("Jdbc.table(trips)", 46_300, 46_300, 0, 0, 0)));
  }

  private static Summary calls(long retried, long deadLettered) {
    return new Summary(
        "calls", 7, 4, 3, retried, deadLettered, 0, Duration.ofSeconds(75), List.of());
  }

  @Test
  void theSummaryIsASmallTable() throws IOException {
    ran(trips(""), null);
    Golden.assertMatches("summary-one", journal.text(State.COMPLETED, Duration.ofMillis(1_032)));
    ran(calls(12, 3), new RunCancelled("cancelled"));
    Golden.assertMatches("summary-two", journal.text(State.CANCELLED, Duration.ofSeconds(4_000)));
  }

  @Test
  void aProgramWithoutPipelinesHasNothingToSum() {
    assertThat(journal.text(State.COMPLETED, Duration.ofMillis(5))).isEmpty();
    assertThat(journal.text(State.FAILED, Duration.ofMillis(5))).isEqualTo("Failed in 0.01 s");
  }

  @Test
  void theFiguresForScriptsAreOneJsonObject() throws IOException {
    ran(trips("trips"), null);
    ran(calls(12, 3), new IllegalStateException("no"));
    String json = journal.json(State.FAILED, Duration.ofMillis(76_000), "no");
    assertThat(json).doesNotContain("\n");
    Golden.assertMatches("summary-json", json);
    assertThat(journal.anyFailed()).isTrue();
  }
}
