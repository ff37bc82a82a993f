package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Trip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Loads a Parquet file of trips into a new DuckDB file, with a function between that sees each
/// record: `ToDuckDb FILE ROWS ROUNDS penstock|appender|sql`. `appender` does the same by hand with
/// DuckDB's own appender; `sql` lets DuckDB read the file itself, without a function.
public final class ToDuckDb {
  private final Path file;
  private final Path database;
  private final LongAdder calls = new LongAdder();

  private ToDuckDb(Path file) {
    this.file = file;
    this.database = file.resolveSibling("trips.duckdb");
  }

  public static void main(String[] args) throws Exception {
    long rows = Long.parseLong(args[1]);
    ToDuckDb load = new ToDuckDb(Path.of(args[0]));
    Figures figures = new Figures();
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      Files.deleteIfExists(load.database);
      load.calls.reset();
      figures.time(args[3], rows, () -> load.run(args[3]));
      if (!args[3].equals("sql") && load.calls.sum() != rows) {
        throw new IllegalStateException("the function was called " + load.calls + " times");
      }
    }
    Files.deleteIfExists(load.database);
    figures.print("Parquet to DuckDB", rows);
  }

  private long run(String how) throws Exception {
    return switch (how) {
      case "penstock" -> penstock();
      case "appender" -> appender();
      case "sql" -> sql();
      default -> throw new IllegalArgumentException("penstock, appender or sql, was " + how);
    };
  }

  private Trip see(Trip trip) {
    calls.increment();
    return trip;
  }

  private long penstock() {
    return Pipeline.from(Parquet.read(file, Trip.class))
        .map(this::see)
        .to(Jdbc.table(new ConnectionName("jdbc:duckdb:" + database), "trips", Trip.class).create())
        .run()
        .out();
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:duckdb:" + database + ";memory_limit=300MB");
  }

  private long sql() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE trips AS SELECT * FROM '" + file + "' LIMIT 0");
      return statement.executeLargeUpdate("INSERT INTO trips SELECT * FROM '" + file + "'");
    }
  }

  private long appender() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE trips AS SELECT * FROM '" + file + "' LIMIT 0");
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("main", "trips")) {
        return Pipeline.from(Parquet.read(file, Trip.class))
            .map(this::see)
            .forEach(trip -> append(appender, trip))
            .out();
      }
    }
  }

  private static void append(DuckDBAppender to, Trip trip) throws Exception {
    to.beginRow();
    to.append(trip.vendorId());
    to.append(trip.tpepPickupDatetime());
    to.append(trip.tpepDropoffDatetime());
    append(to, trip.passengerCount());
    to.append(trip.tripDistance());
    append(to, trip.ratecodeId());
    to.append(trip.storeAndFwdFlag());
    to.append(trip.puLocationId());
    to.append(trip.doLocationId());
    to.append(trip.paymentType());
    to.append(trip.fareAmount());
    to.append(trip.extra());
    to.append(trip.mtaTax());
    to.append(trip.tipAmount());
    to.append(trip.tollsAmount());
    to.append(trip.improvementSurcharge());
    to.append(trip.totalAmount());
    append(to, trip.congestionSurcharge());
    append(to, trip.airportFee());
    to.endRow();
  }

  private static void append(DuckDBAppender to, @Nullable Long value) throws Exception {
    if (value == null) {
      to.appendNull();
    } else {
      to.append(value.longValue());
    }
  }

  private static void append(DuckDBAppender to, @Nullable Double value) throws Exception {
    if (value == null) {
      to.appendNull();
    } else {
      to.append(value.doubleValue());
    }
  }
}
