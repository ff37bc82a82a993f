package dev.penstock.flow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the simulation is worth: bugs that are planted are found.
class PlantedBugsTest {
  private static final long SEEDS = 1000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsCaught(PlantedBug bug) throws Exception {
    Optional<Simulation.Outcome> caught = Simulation.firstViolated(1, SEEDS, bug);
    assertThat(caught).as("%s is not caught by %d seeds", bug, SEEDS).isPresent();
    caught.ifPresent(outcome ->
        System.out.println(
            bug + " is caught by seed " + outcome.seed() + ": " + outcome.violation()));
  }
}
