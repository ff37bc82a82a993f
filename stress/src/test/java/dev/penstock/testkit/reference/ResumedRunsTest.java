package dev.penstock.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Faults.Point;
import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Seed;
import org.junit.jupiter.api.Test;

/// Random pipelines that are killed and resumed. `-Dpenstock.seed=N` replays one case,
/// `-Dpenstock.resumes=N` sets how many there are.
@NoLeaks
class ResumedRunsTest {
  private static final int CASES = Integer.getInteger("penstock.resumes", 3_000);

  @Test
  void killed_and_resumed_a_pipeline_leaves_what_one_run_would_have_left() {
    long first = Seed.of("resumed pipelines");
    int cases = Seed.isReplayed() ? 1 : CASES;
    for (long seed = first; seed < first + cases; seed++) {
      String problem = ResumedRuns.problem(seed);
      if (!problem.isEmpty()) {
        throw new AssertionError(problem);
      }
    }
    System.out.println(
        "killed at " + ResumedRuns.CRASHES + ", refused " + ResumedRuns.refused + " plans");
    if (cases >= 1_000) {
      assertThat(ResumedRuns.CRASHES).containsOnlyKeys(Point.values());
    }
  }
}
