package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.kill.Load.Mode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A load is killed while PostgreSQL works for it: in the midst of a COMMIT, whose outcome nobody
/// hears of, and in the midst of a claim. Triggers make the server take its time.
class ServerSideKillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SLOW =
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$;
      """;

  @TempDir private static Path directory;
  private static Rides rides;

  @BeforeAll
  static void writeFile() {
    rides = Rides.write(directory, 30_000);
  }

  @ParameterizedTest
  @EnumSource
  void aLoadThatIsKilledDuringACommitGoesOn(Mode mode) throws Exception {
    Database database = Database.make(Database.Kind.POSTGRESQL, directory);
    Load load = rides.load(database.url(), mode, false);
    try (LoadProcess process = LoadProcess.startHalting(load, Point.BEFORE_COMMIT)) {
      process.awaitHalt(Point.BEFORE_COMMIT);
      database.execute(
          SLOW
              + "CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON penstock_position"
              + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()");
      process.goOn();
      awaitSleepIn(database, "COMMIT%");
      process.kill();
      assertThat(process.commits()).isEqualTo(2);
    }
    database.execute("DROP TRIGGER slow ON penstock_position");
    assertThat(rides.assertWholeUnits(database, mode))
        .as("the server committed")
        .isGreaterThan(2 * 5_000);
    load.pipeline().run();
    rides.assertExact(database, mode);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "REPLACE"})
  void aLoadThatIsKilledDuringItsClaimGoesOn(Mode mode) throws Exception {
    Database database = Database.make(Database.Kind.POSTGRESQL, directory);
    Load load = rides.load(database.url(), mode, false);
    try (LoadProcess process = LoadProcess.startHalting(load, Point.AFTER_COMMIT)) {
      process.awaitHalt(Point.AFTER_COMMIT);
    }
    database.execute(
        SLOW
            + "CREATE TRIGGER slow AFTER UPDATE ON penstock_position"
            + " FOR EACH ROW EXECUTE FUNCTION slow()");
    try (LoadProcess process = LoadProcess.start(load)) {
      awaitSleepIn(database, "UPDATE%penstock_position%");
      process.kill();
      assertThat(process.readTo("committed")).isNull();
    }
    database.execute("DROP TRIGGER slow ON penstock_position");
    load.pipeline().run();
    rides.assertExact(database, mode);
  }

  private static void awaitSleepIn(Database database, String query) throws Exception {
    String asleep =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event = 'PgSleep' AND query LIKE '"
            + query
            + "'";
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (database.numbers(asleep).getFirst().signum() == 0) {
      assertThat(System.nanoTime()).as("the server came to " + query).isLessThan(deadline);
    }
  }
}
