package dev.penstock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.RecordType;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.files.parquet.RowReader;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.Trip;
import dev.penstock.testkit.Trips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample in the repository is what the generator makes: `GenerateTrips --rows 4000 --seed 1
/// --out examples/data/trips.parquet` writes it anew.
class SampleTripsTest {
  private static final Path SAMPLE = Path.of("../examples/data/trips.parquet");
  private static final int ROWS = 4_000;
  private static final long SEED = 1;

  @TempDir Path directory;

  @Test
  void theSampleIsWhatTheGeneratorMakes() throws Exception {
    Path file = directory.resolve("trips.parquet");
    GenerateTrips.write(ROWS, SEED, file);

    List<Trip> generated = read(file);

    assertThat(generated).isEqualTo(Trips.ofSeed(SEED).first(ROWS).toList());
    assertThat(read(SAMPLE)).isEqualTo(generated);
    assertThat(Files.size(SAMPLE)).isLessThan(200_000);
  }

  private static List<Trip> read(Path file) throws Exception {
    List<Trip> trips = new ArrayList<>();
    try (ParquetFile open = ParquetFile.open(StoreLocation.of(file).read(), file.toString())) {
      RowReader<Trip> reader = RowReader.of(open, RecordType.of(Trip.class), null);
      for (int[] rows = reader.next(); rows != null; rows = reader.next()) {
        for (int row : rows) {
          trips.add(reader.get(row));
        }
      }
    }
    return trips;
  }

  @Test
  void theSampleHasWhatRealFilesHave() {
    List<Trip> trips = Trips.ofSeed(SEED).first(ROWS).toList();

    assertThat(trips).filteredOn(t -> t.passengerCount() == null).hasSizeBetween(200, 600);
    assertThat(trips)
        .filteredOn(t -> t.passengerCount() != null && t.passengerCount() == 0)
        .hasSizeBetween(10, 100);
    assertThat(trips).filteredOn(t -> t.totalAmount() < 0).hasSizeBetween(10, 200);
    assertThat(trips).allMatch(t -> t.tpepDropoffDatetime().isAfter(t.tpepPickupDatetime()));
  }
}
