package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.kill.Load.Mode;
import dev.penstock.testkit.Seed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A resumable load is killed at random moments between its first commit and its last, and run
/// again. The moments that were hit are printed, with the seed: `-Dpenstock.seed=` repeats its
/// choices, though not the speed of the machine.
///
/// The short form kills twice into each database, `-Dpenstock.long=true` 20 times.
class RandomKillTest {
  private static final int KILLS = KillTest.LONG ? 20 : 2;
  private static final int MOST_MISSES = 20;

  @TempDir private static Path directory;
  private static Rides rides;

  @BeforeAll
  static void writeFile() {
    rides = Rides.write(directory, 300_000);
  }

  @ParameterizedTest
  @EnumSource
  void aLoadThatIsKilledAtAnyMomentGoesOnWhereItCommitted(Database.Kind kind) throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of("random kills of loads into " + kind));
    long span = 1_000_000_000;
    int misses = 0;
    for (int kills = 0; kills < KILLS; ) {
      Mode mode = Mode.values()[random.nextInt(Mode.values().length)];
      Database database = Database.make(kind, directory);
      Load load = rides.load(database.url(), mode, random.nextBoolean());
      long after = random.nextLong(span);
      long before;
      try (LoadProcess process = LoadProcess.start(load)) {
        assertThat(process.readTo("committed")).as(process::errors).isNotNull();
        long first = System.nanoTime();
        sleepUntil(first + after);
        process.kill();
        if (process.readTo("finished") != null) {
          // Killed after its last commit: that is not between, and it was faster than thought.
          span = Math.max(1_000_000, span * 2 / 3);
          assertThat(++misses)
              .as("loads that ended before they were killed")
              .isLessThan(MOST_MISSES);
          continue;
        }
        kills++;
        before = rides.assertWholeUnits(database, mode);
        System.out.printf(
            "  %s%s: killed %.1f ms after the first commit; %d commits told of, %d rides in%n",
            mode, load.concurrent() ? " on a ring" : "", after / 1e6, process.commits(), before);
        assertThat(before).isPositive();
      }
      load.pipeline().run();
      rides.assertExact(database, mode);
    }
  }

  @SuppressWarnings("BusyWait") // the moment is what is being tried
  private static void sleepUntil(long nanos) throws InterruptedException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
