package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.penstock.kill.Load.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A resumable load is killed at each of its points, and run again: each record has its effect
/// once.
///
/// The short form takes the databases and the ways to write in turn; `-Dpenstock.long=true` tries
/// each with each. Into PostgreSQL [ZombieTest] halts at all points too.
class KillTest {
  static final boolean LONG = Boolean.getBoolean("penstock.long");

  @TempDir private static Path directory;
  private static Rides rides;

  @BeforeAll
  static void writeFile() {
    rides = Rides.write(directory, 60_000);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Point point : Point.values()) {
      for (Mode mode : Mode.values()) {
        for (Database.Kind kind : Database.Kind.values()) {
          int turn = point.ordinal();
          boolean inTurn = kind.ordinal() == turn % 2 && mode.ordinal() == turn / 2 % 4;
          if (LONG || inTurn) {
            cases.add(argumentSet(point + " " + mode + " " + kind, point, mode, kind));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLoadThatIsKilledGoesOnWhereItCommitted(Point point, Mode mode, Database.Kind kind)
      throws Exception {
    Database database = Database.make(kind, directory);
    Load load = rides.load(database.url(), mode, point.isOfRing());
    try (LoadProcess process = LoadProcess.startHalting(load, point)) {
      process.awaitHalt(point);
      process.kill();
      long before = rides.assertWholeUnits(database, mode);
      assertThat(before).isGreaterThanOrEqualTo(process.commits() * 4_500L);
    }
    load.pipeline().run();
    rides.assertExact(database, mode);
    assertThat(load.pipeline().run().in()).as("read by a run after the end").isZero();
    rides.assertExact(database, mode);
  }
}
