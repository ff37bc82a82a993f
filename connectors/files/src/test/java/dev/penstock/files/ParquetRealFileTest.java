package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParquetRealFileTest {
  private static final String FILE = "green_tripdata_2025-11.parquet";

  /// The column is one of doubles, because it has nulls; the numbers in it are whole.
  record Trip(Integer passengerCount, Double totalAmount) {}

  @Test
  void everyTripIsRead() throws Exception {
    List<Trip> trips = Reading.records(Parquet.read(SharedData.file(FILE), Trip.class));

    assertThat(trips).hasSize(46_912);
    assertThat(trips).filteredOn(trip -> trip.passengerCount() == null).hasSize(5_569);
    assertThat(trips)
        .filteredOn(trip -> trip.passengerCount() != null && trip.passengerCount() == 0)
        .hasSize(612);
    BigDecimal total =
        trips.stream()
            .map(trip -> BigDecimal.valueOf(trip.totalAmount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(total.setScale(2, RoundingMode.HALF_UP)).isEqualTo(new BigDecimal("1181864.70"));
  }

  @Test
  void tripsWithoutPassengersCanBeLeftOutByTheRead() throws Exception {
    List<Trip> trips =
        Reading.records(
            Parquet.read(SharedData.file(FILE), Trip.class)
                .where(Parquet.column("passenger_count").notEqualTo(0)));

    assertThat(trips).hasSize(46_300);
  }

  @Test
  void rowsHaveAllColumns() throws Exception {
    List<Row> rows = Reading.records(Parquet.read(SharedData.file(FILE)));

    assertThat(rows).hasSize(46_912);
    assertThat(rows.getFirst().schema().size()).isEqualTo(21);
    assertThat(rows.stream().mapToDouble(row -> row.number("total_amount")).sum())
        .isBetween(1_181_864.69, 1_181_864.71);
  }
}
