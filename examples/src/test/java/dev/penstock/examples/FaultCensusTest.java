package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Csv;
import dev.penstock.files.Parquet;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.jdbc.JdbcTable;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs that fail in this process leave no thread and no handle behind.
@NoLeaks
class FaultCensusTest extends FaultTest {
  private static String database;

  @BeforeAll
  static void startServer() {
    database = Postgres.newDatabase("census");
  }

  private static JdbcTable<Trip> table(String url) {
    return Jdbc.table(new ConnectionName(url), "trips", Trip.class).create();
  }

  private static Pipeline<Trip> trips(int count) {
    return Pipeline.range(0, count).map(i -> new Trip(i, 1, i / 4.0));
  }

  @Test
  void aBadFieldWithAnOpenTable() throws Exception {
    Path file = write("trips.csv", "id,passengers,amount\n1,2,3.5\n2,two,3.5\n");
    assertThatThrownBy(() -> Pipeline.from(Csv.read(file, Trip.class)).to(table(database)).run())
        .hasMessageContaining("\"two\" is not an int");
    assertThat(tables(database)).isEmpty();
  }

  @Test
  void aTargetThatRefusesAnOpenFile() {
    Path file = trips("trips.parquet", 10_000);
    assertThatThrownBy(() ->
            Pipeline.from(Parquet.read(file, Trip.class))
                .to(table("jdbc:postgresql://127.0.0.1:1/trips"))
                .run())
        .hasMessageContaining("cannot connect to");
  }

  @Test
  void aConnectionThatIsCut() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(Postgres.port()).cutEvery(500_000, 1)) {
      String url = database.replace(":" + Postgres.port(), ":" + proxy.port());
      assertThatThrownBy(() -> trips(200_000).to(table(url)).run()).isNotNull();
    }
    assertThat(tables(database)).isEmpty();
  }

  @Test
  void aFunctionThatThrows() throws Exception {
    for (Throwable thrown : new Throwable[] {new IOException("io"), new StackOverflowError("so")}) {
      assertThatThrownBy(() ->
              trips(20_000)
                  .tap(trip -> {
                    if (trip.id() == 12_345) {
                      raise(thrown);
                    }
                  })
                  .to(table("jdbc:duckdb:" + work("out.duckdb")))
                  .run())
          .isSameAs(thrown);
    }
    assertNothingWritten();
  }

  private static void raise(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @Test
  void aRunThatIsCancelledWhileItWrites() throws Exception {
    Cancellation cancellation = new Cancellation();
    assertThatThrownBy(() ->
            trips(1_000_000)
                .tap(trip -> {
                  if (trip.id() == 50_000) {
                    cancellation.cancel();
                  }
                })
                .to(table(database))
                .run(RunOptions.DEFAULT.cancellation(cancellation)))
        .isInstanceOf(RunCancelled.class);
    assertThat(tables(database)).isEmpty();
  }

  @Test
  void aConsumerThatStopsEarly() {
    Path file = trips("trips.parquet", 100_000);
    try (RecordIterator<Trip> records =
        Pipeline.from(Parquet.read(file, Trip.class)).buffer(100).iterator()) {
      assertThat(records.next()).isEqualTo(new Trip(0, 0, 0));
    }
    assertThat(Pipeline.from(Parquet.read(file, Trip.class)).take(3).toList()).hasSize(3);
  }
}
