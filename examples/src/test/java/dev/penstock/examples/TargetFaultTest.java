package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// Targets that refuse, break off, do not fit, or are full.
class TargetFaultTest extends FaultTest {

  private static void execute(String url, String... sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  @Test
  void aTargetThatRefusesTheConnection() throws Exception {
    run("refused", generate(10, "jdbc:postgresql://127.0.0.1:1/trips?user=me&password=secret"));
    assertNothingWritten();
  }

  @Test
  void aConnectionThatIsCutHalfWay() throws Exception {
    String url = Postgres.newDatabase("cut");
    try (FaultProxy proxy = FaultProxy.to(Postgres.port()).cutEvery(3_000_000, 1)) {
      Command.Result result =
          command(generate(200_000, url.replace(":" + Postgres.port(), ":" + proxy.port()))).run();
      // Whether reading or writing meets the cut first is a matter of luck.
      assertThat(result.exit()).isEqualTo(1);
      assertThat(withoutPlace(result.err()))
          .containsPattern("error: .*(I/O error|connection|terminated|copy).*")
          .doesNotContain("password=postgres");
    }
    assertThat(tables(url)).as("tables").isEmpty();
  }

  @Test
  void anotherTableOfThatNameInDuckDb() throws Exception {
    String url = "jdbc:duckdb:" + work("out.duckdb");
    execute(url, "CREATE TABLE trips (id VARCHAR, fare DOUBLE NOT NULL)");
    run("other-table-duckdb", generate(10, DUCKDB));
    assertThat(tables(url)).isEqualTo("trips 0");
  }

  @Test
  void anotherTableOfThatNameInPostgreSql() throws Exception {
    String url = Postgres.newDatabase("other");
    execute(url, "CREATE TABLE trips (id text, fare double precision NOT NULL)");
    run("other-table-postgresql", generate(10, url));
    assertThat(tables(url)).isEqualTo("trips 0");
  }

  @Test
  void aFullDiskUnderDuckDb() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(work("disk"), "3m")) {
      Command.Result result = command(generate(1_000_000, "jdbc:duckdb:disk/out.duckdb")).run();
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).containsPattern("error: .*(No space left on device|write).*");
      Path copy = Files.createDirectory(work("copy"));
      disk.copyTo(copy);
      assertThat(tables("jdbc:duckdb:" + copy.resolve("out.duckdb"))).as("tables").isEmpty();
    }
  }

  @Test
  void aFullDiskUnderPostgreSql() throws Exception {
    String url = Postgres.newDatabase("full");
    try (SmallDisk disk = SmallDisk.mount(work("disk"), "3m")) {
      execute(
          url,
          "CREATE TABLESPACE small LOCATION '" + disk.directory() + "'",
          "SET default_tablespace = small",
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_tablespace = small',"
              + " current_database()); END $$");
      run("full-postgresql", generate(400_000, url));
      assertThat(tables(url)).as("tables").isEmpty();
      execute(url, "DROP TABLESPACE small");
    }
  }
}
