package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way from the web over a lake to a warehouse, run by hand and by a worker, against a server
/// on the loopback.
class WebToLakeTest {
  private static final Path EXAMPLES = Checkout.real().root().resolve("examples");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;
  private TripServer server;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  @BeforeEach
  void start() throws IOException {
    server = new TripServer(EXAMPLES.resolve("data/trips.parquet"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Command penstock(String... words) {
    return checkout
        .penstock(words)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString());
  }

  private Command.Result toLake(String months) throws Exception {
    return penstock("run", EXAMPLES.resolve("web_to_lake.java").toString())
        .with("--param", "color=green", "--param", "months=" + months)
        .with("--param", "web=" + server.url())
        .run();
  }

  private long rows(String table) throws Exception {
    String url = "jdbc:duckdb:" + directory.resolve("warehouse.duckdb");
    try (var connection = DriverManager.getConnection(url);
        ResultSet count =
            connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
      count.next();
      return count.getLong(1);
    }
  }

  @Test
  void monthsGoFromTheWebToTheLakeAndToTheWarehouse() throws Exception {
    Command.Result first = toLake("10,11");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.err()).contains("7920 rows in green_trips");
    assertThat(server.asked())
        .containsExactlyInAnyOrder(
            "/green_tripdata_2025-10.parquet", "/green_tripdata_2025-11.parquet");
    assertThat(directory.resolve("lake/green/2025-10.parquet")).exists();
    assertThat(rows("green_trips")).isEqualTo(7920);

    Command.Result second = toLake("10,11,12");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err().lines().filter(line -> line.endsWith("Finished in state Cached()")))
        .hasSize(2);
    assertThat(server.asked()).hasSize(3).last().isEqualTo("/green_tripdata_2025-12.parquet");
    assertThat(rows("green_trips")).isEqualTo(11880);
  }

  @Test
  void parametersThatDoNotFitAreToldBeforeAnythingIsFetched() throws Exception {
    Command.Result refused = toLake("0,13");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("\"months\"");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void itsDeploymentsAreDeployedAndRunByAWorker() throws Exception {
    Command.Result deployed =
        penstock("deploy", EXAMPLES.resolve("penstock.yaml").toString()).run();
    assertThat(deployed.exit()).as(deployed.err()).isZero();
    assertThat(deployed.out().lines().map(line -> line.replaceAll(",.*", "")))
        .containsExactly("Deployed web_to_lake/green", "Deployed web_to_lake/yellow");

    Command.Result asked =
        penstock("deployment", "run", "web_to_lake/green", "--output", "json")
            .with("--param", "months=11", "--param", "web=" + server.url())
            .run();
    assertThat(asked.exit()).as(asked.err()).isZero();
    String run = asked.out().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");

    Process worker = penstock("worker", "start").start();
    try {
      Command.Result watched = penstock("flow-run", "watch", run).run();
      assertThat(watched.exit()).as(watched.out() + watched.err()).isZero();
    } finally {
      worker.destroy();
      assertThat(worker.waitFor(LIMIT)).isTrue();
    }
    assertThat(server.asked()).containsExactly("/green_tripdata_2025-11.parquet");
    assertThat(rows("green_trips")).isEqualTo(3960);
    assertThat(penstock("deployment", "ls").run().out()).contains("web_to_lake/yellow");
  }

  @Test
  void itsScheduleRunsItOnTheThirdOfEachMonth() throws Exception {
    penstock("deploy", EXAMPLES.resolve("penstock.yaml").toString()).run();
    String next =
        penstock("deployment", "schedule", "ls", "web_to_lake/green", "--output", "json")
            .run()
            .out()
            .replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1");
    var local = Instant.parse(next).atZone(ZoneId.of("America/New_York"));
    assertThat(local.getDayOfMonth()).isEqualTo(3);
    assertThat(local.getHour()).isEqualTo(6);
  }
}
