package dev.penstock.flow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seed;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The product in worlds where much goes wrong. `-Dpenstock.seed=N` replays one of them: the same
/// history, line by line. `-Dpenstock.seeds=N` is for so many, `-Dpenstock.long=true` for a night.
class SimulationTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final long SEEDS = 2000;
  private static final long MANY = 50_000;

  @Test
  void noRunIsLostNoTickDoubledNoResultKeptTwiceNoLimitExceededAndEveryRunEnds() throws Exception {
    long first = Seed.of("simulated worlds");
    long count = Seed.isReplayed() ? 1 : Long.getLong("penstock.seeds", LONG ? MANY : SEEDS);
    Optional<Simulation.Outcome> wrong = Simulation.firstViolated(first, count, PlantedBug.NONE);
    assertThat(wrong.map(Simulation.Outcome::tell)).isEmpty();
  }

  @Test
  void aSeedIsAHistory() {
    for (long seed = 1; seed <= 20; seed++) {
      Simulation.Outcome once = Simulation.run(seed, PlantedBug.NONE);
      Simulation.Outcome again = Simulation.run(seed, PlantedBug.NONE);
      assertThat(again.history()).as("seed %d", seed).isEqualTo(once.history());
    }
  }
}
