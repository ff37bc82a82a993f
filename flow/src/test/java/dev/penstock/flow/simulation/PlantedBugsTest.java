package dev.penstock.flow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the simulation is worth: bugs that are planted are found.
class PlantedBugsTest {
  private static final long SEEDS = 1000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsCaught(PlantedBug bug) {
    Simulation.Outcome caught =
        LongStream.range(bug.firstSeed(), bug.firstSeed() + SEEDS)
            .mapToObj(seed -> Simulation.run(seed, bug))
            .filter(outcome -> outcome.violation() != null)
            .findFirst()
            .orElse(null);
    assertThat(caught).as("%s is not caught by %d seeds", bug, SEEDS).isNotNull();
    System.out.println(bug + " is caught by seed " + caught.seed() + ": " + caught.violation());
  }
}
