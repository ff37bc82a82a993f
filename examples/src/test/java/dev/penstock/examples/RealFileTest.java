package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// The taxi load of a real month, whose figures are known. The file is looked for in a directory
/// `shared/data` beside or above the checkout, or in `-Dpenstock.shared`.
class RealFileTest extends FaultTest {
  private static final String PROGRAM =
      """
      record GreenTrip(
          @Name("VendorID") Integer vendorId,
          LocalDateTime lpepPickupDatetime,
          LocalDateTime lpepDropoffDatetime,
          Integer passengerCount,
          Double tripDistance,
          @Name("PULocationID") Integer puLocationId,
          Double totalAmount) {}

      record Load(Path source, String target) {}

      void main() {
          Load load = parameters(Load.class);
          Pipeline.from(Parquet.read(load.source(), GreenTrip.class))
              .filter(t -> t.passengerCount() == null || t.passengerCount() != 0)
              .to(Jdbc.table(connection(load.target()), "trips", GreenTrip.class).create().replace())
              .run();
      }
      """;

  private Path file() {
    String name = "data/green_tripdata_2025-11.parquet";
    String given = System.getProperty("penstock.shared");
    if (given != null) {
      return Path.of(given).resolve(name);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    Skip.because("the real file shared/" + name + " is not there");
    throw new IllegalStateException("skipped");
  }

  private void loads(String target, String url) throws Exception {
    Path file = file();
    Command.Result result =
        command(PROGRAM)
            .with("--output", "json", "--param", "source=" + file, "--param", "target=" + target)
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.lastLine())
        .contains("\"state\":\"COMPLETED\"", "\"in\":46912,\"out\":46300,\"failed\":0");
    String sum = "SELECT count(*), round(sum(total_amount)::numeric(20, 4), 2) FROM ";
    String peer =
        sum + "read_parquet('" + file + "') WHERE passenger_count IS NULL OR passenger_count <> 0";
    assertThat(query(url, sum + "trips"))
        .isEqualTo(query("jdbc:duckdb:", peer))
        .startsWith("46300 ");
    assertThat(query("jdbc:duckdb:", sum + "read_parquet('" + file + "')"))
        .isEqualTo("46912 1181864.70");
  }

  private static String query(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1) + " " + row.getBigDecimal(2).toPlainString();
    }
  }

  @Test
  void intoDuckDb() throws Exception {
    loads(DUCKDB, "jdbc:duckdb:" + work("out.duckdb"));
  }

  @Test
  void intoPostgreSql() throws Exception {
    String url = Postgres.newDatabase("real");
    loads(url, url);
  }
}
