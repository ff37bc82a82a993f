package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.penstock.kill.Load.Mode;
import dev.penstock.testkit.Golden;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Two processes run the same resumable load. The one that was thought dead changes nothing when it
/// wakes.
class ZombieTest {
  @TempDir private static Path directory;
  private static Rides rides;

  @BeforeAll
  static void writeFile() {
    rides = Rides.write(directory, 60_000);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    int turn = 0;
    for (Point point : Point.values()) {
      List<Mode> modes =
          KillTest.LONG
              ? List.of(Mode.values())
              : List.of(Mode.values()[turn++ % Mode.values().length]);
      for (Mode mode : modes) {
        cases.add(argumentSet(point + " " + mode, point, mode));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProcessThatWakesAfterAnotherTookOverChangesNothing(Point point, Mode mode)
      throws Exception {
    Database database = Database.make(Database.Kind.POSTGRESQL, directory);
    Load load = rides.load(database.url(), mode, point.isOfRing());
    try (LoadProcess zombie = LoadProcess.startHalting(load, point)) {
      zombie.awaitHalt(point);
      zombie.signal("STOP");
      load.pipeline().run();
      rides.assertExact(database, mode);
      List<BigDecimal> before = versions(database);

      zombie.goOn();
      zombie.signal("CONT");
      int exit = zombie.awaitEnd();
      if (point == Point.BEFORE_CLAIM || point == Point.AFTER_FINISH) {
        // It claims only now, and finds everything done; or it had done everything.
        assertThat(exit).as(zombie::errors).isZero();
      } else {
        assertThat(zombie.errors())
            .contains("Fenced: another process has claimed pipeline \"taxi\"");
        assertThat(exit).isEqualTo(1);
      }
      assertThat(versions(database)).as("versions of the rows").isEqualTo(before);
      rides.assertExact(database, mode);
    }
  }

  /// PostgreSQL numbers the transaction that made each row.
  private static List<BigDecimal> versions(Database database) throws Exception {
    return database.numbers(
        "SELECT count(*), max(xmin::text::bigint), sum(xmin::text::bigint) FROM rides");
  }

  @Test
  void ofTwoProcessesTheFirstIsFencedWithAClearMessage() throws Exception {
    Database database = Database.make(Database.Kind.POSTGRESQL, directory);
    Load load = rides.load(database.url(), Mode.APPEND, false);
    try (LoadProcess first = LoadProcess.startHalting(load, Point.BEFORE_COMMIT)) {
      first.awaitHalt(Point.BEFORE_COMMIT);
      try (LoadProcess second = LoadProcess.startHalting(load, Point.AFTER_CLAIM)) {
        second.awaitHalt(Point.AFTER_CLAIM);
        first.goOn();
        second.goOn();
        assertThat(first.awaitEnd()).isEqualTo(1);
        assertThat(second.awaitEnd()).as(second::errors).isZero();
      }
      Golden.assertMatches("fenced", withoutPlace(first.errors()));
    }
    rides.assertExact(database, Mode.APPEND);
  }

  @Test
  void aFileOfDuckDbHasOneProcessAtATime() throws Exception {
    Database database = Database.make(Database.Kind.DUCKDB, directory);
    Load load = rides.load(database.url(), Mode.APPEND, false);
    try (LoadProcess first = LoadProcess.startHalting(load, Point.BEFORE_COMMIT)) {
      first.awaitHalt(Point.BEFORE_COMMIT);
      assertThatThrownBy(() -> load.pipeline().run())
          .satisfies(refused ->
              Golden.assertMatches(
                  "duckdb-in-use",
                  withoutPlace(refused.getMessage()).replace("" + first.pid(), "PID")));
      first.goOn();
      assertThat(first.awaitEnd()).isZero();
    }
    rides.assertExact(database, Mode.APPEND);
  }

  private static String withoutPlace(String message) {
    return message
        .replace(directory.toString(), "DIR")
        .replace(System.getProperty("java.home"), "JDK")
        .replaceAll("rides[0-9]+", "rides")
        .replaceAll("size=[0-9]+,crc=[0-9a-f]+", "size=SIZE,crc=CRC");
  }
}
