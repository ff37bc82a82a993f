package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.files.Parquet;
import dev.penstock.kill.Load.Mode;
import dev.penstock.pipeline.Pipeline;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The file that is loaded, and what must be in the table afterwards.
///
/// @param count of the rides in the file
record Rides(Path file, long count) {
  private static final String STAGING = "penstock_load_rides";

  static Rides write(Path directory, long count) {
    Path file = directory.resolve("rides.parquet");
    Pipeline.streams(() -> Ride.first(count)).to(Parquet.write(file, Ride.class)).run();
    return new Rides(file, count);
  }

  Load load(String url, Mode mode, boolean concurrent) {
    return new Load(file, url, mode, concurrent);
  }

  /// Each kept ride has its effect in the table, once, and nothing else is left.
  void assertExact(Database database, Mode mode) throws SQLException {
    assertThat(figures(database, mode)).as("the table in the end").isEqualTo(expected(mode));
    assertThat(database.has(STAGING)).as("the staging table is still there").isFalse();
  }

  /// No ride has its effect twice, and with a ride all those before it have theirs: what a load
  /// that was killed leaves behind.
  ///
  /// @return how many rides have their effect
  long assertWholeUnits(Database database, Mode mode) throws SQLException {
    String table = mode == Mode.REPLACE && database.has(STAGING) ? STAGING : "rides";
    if (!database.has(table)) {
      return 0;
    }
    String sql =
        switch (mode) {
          case APPEND, REPLACE ->
              "SELECT count(*), coalesce(max(id), -1), count(DISTINCT id) FROM ";
          case ADDING -> "SELECT coalesce(sum(rides), 0), coalesce(max(last_id), -1) FROM ";
          case UPSERT -> "SELECT coalesce(max(last_id), -1) FROM ";
        };
    List<BigDecimal> found = database.numbers(sql + table);
    if (mode == Mode.UPSERT) {
      return kept(found.getFirst().longValueExact() + 1);
    }
    long rides = found.getFirst().longValueExact();
    assertThat(rides)
        .as("all rides up to the last, each once")
        .isEqualTo(kept(found.get(1).longValueExact() + 1));
    if (mode != Mode.ADDING) {
      assertThat(found.get(2).longValueExact()).as("different rides").isEqualTo(rides);
    }
    return rides;
  }

  /// How many of the first rides are kept.
  private static long kept(long rides) {
    return rides - (rides + 9) / 10;
  }

  /// What can be counted and summed up in the table.
  List<BigDecimal> figures(Database database, Mode mode) throws SQLException {
    return database.numbers(
        switch (mode) {
          case APPEND, REPLACE ->
              "SELECT count(*), count(DISTINCT id), sum(id), sum(total_amount),"
                  + " count(passenger_count) FROM rides";
          case UPSERT, ADDING ->
              "SELECT count(*), sum(rides), sum(last_id), sum(amount) FROM rides";
        });
  }

  private List<BigDecimal> expected(Mode mode) {
    Stream<Ride> kept = Ride.first(count).filter(Ride::isKept);
    return switch (mode) {
      case APPEND, REPLACE -> expected(kept.toList());
      case UPSERT -> totals(kept.map(ZoneTotal::of), false);
      case ADDING -> totals(kept.map(ZoneTotal::of), true);
    };
  }

  private static List<BigDecimal> expected(List<Ride> kept) {
    return numbers(
        kept.size(),
        kept.size(),
        kept.stream().mapToLong(Ride::id).sum(),
        kept.stream().mapToDouble(Ride::totalAmount).sum(),
        kept.stream().filter(ride -> ride.passengerCount() != null).count());
  }

  private static List<BigDecimal> totals(Stream<ZoneTotal> added, boolean adding) {
    ZoneTotal[] zones = new ZoneTotal[Ride.ZONES];
    added.forEach(next -> {
      ZoneTotal last = zones[next.zone()];
      zones[next.zone()] = last == null || !adding ? next : last.and(next);
    });
    return numbers(
        zones.length,
        Stream.of(zones).mapToLong(ZoneTotal::rides).sum(),
        Stream.of(zones).mapToLong(ZoneTotal::lastId).sum(),
        Stream.of(zones).mapToDouble(ZoneTotal::amount).sum());
  }

  private static List<BigDecimal> numbers(double... numbers) {
    List<BigDecimal> all = new ArrayList<>();
    for (double number : numbers) {
      all.add(Database.normal(new BigDecimal(number)));
    }
    return all;
  }
}
