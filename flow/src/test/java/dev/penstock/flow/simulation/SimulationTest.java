package dev.penstock.flow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seed;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The product in worlds where much goes wrong. `-Dpenstock.seed=N` replays one of them: the same
/// history, line by line. `-Dpenstock.seeds=N` is for so many, `-Dpenstock.long=true` for a night.
class SimulationTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final long SEEDS = 600;
  private static final long MANY = 50_000;

  @Test
  void noRunIsLostNoTickDoubledNoResultKeptTwiceNoLimitExceededAndEveryRunEnds() {
    Optional<Simulation.Outcome> wrong =
        seeds()
            .parallel()
            .mapToObj(seed -> Simulation.run(seed, PlantedBug.NONE))
            .filter(outcome -> outcome.violation() != null)
            .findAny();
    assertThat(wrong.map(Simulation.Outcome::tell)).isEmpty();
  }

  private static LongStream seeds() {
    long first = Seed.of("simulated worlds");
    long count = Seed.isReplayed() ? 1 : Long.getLong("penstock.seeds", LONG ? MANY : SEEDS);
    return LongStream.range(first, first + count);
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
