package dev.penstock.benchmarks.load;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CloseableIterator;
import com.jerolba.carpet.annotation.Alias;
import dev.penstock.files.Parquet;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Trip;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// Reads a Parquet file of trips into records, all 19 columns: `ReadParquet FILE ROWS ROUNDS
/// penstock|carpet`. `carpet` is a library that does nothing else.
public final class ReadParquet {
  private ReadParquet() {}

  /// [Trip] as Carpet wants it: the names of columns in its own annotation.
  record CarpetTrip(
      @Alias("VendorID") int vendorId,
      @Alias("tpep_pickup_datetime") LocalDateTime tpepPickupDatetime,
      @Alias("tpep_dropoff_datetime") LocalDateTime tpepDropoffDatetime,
      @Alias("passenger_count") @Nullable Long passengerCount,
      @Alias("trip_distance") double tripDistance,
      @Alias("RatecodeID") @Nullable Long ratecodeId,
      @Alias("store_and_fwd_flag") @Nullable String storeAndFwdFlag,
      @Alias("PULocationID") int puLocationId,
      @Alias("DOLocationID") int doLocationId,
      @Alias("payment_type") long paymentType,
      @Alias("fare_amount") double fareAmount,
      double extra,
      @Alias("mta_tax") double mtaTax,
      @Alias("tip_amount") double tipAmount,
      @Alias("tolls_amount") double tollsAmount,
      @Alias("improvement_surcharge") double improvementSurcharge,
      @Alias("total_amount") double totalAmount,
      @Alias("congestion_surcharge") @Nullable Double congestionSurcharge,
      @Alias("Airport_fee") @Nullable Double airportFee) {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    long rows = Long.parseLong(args[1]);
    Figures figures = new Figures();
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      figures.time(args[3], rows, () -> read(args[3], file));
    }
    figures.print("Parquet into records", rows);
  }

  private static long read(String how, Path file) throws Exception {
    return switch (how) {
      case "penstock" -> penstock(file);
      case "carpet" -> carpet(file);
      default -> throw new IllegalArgumentException("penstock or carpet, was " + how);
    };
  }

  /// Counts the records in a function of its own, so that each of them is made and handed over.
  private static long penstock(Path file) {
    long[] seen = new long[1];
    Pipeline.from(Parquet.read(file, Trip.class))
        .forEach(trip -> {
          if (trip.vendorId() > 0) {
            seen[0]++;
          }
        });
    return seen[0];
  }

  private static long carpet(Path file) throws Exception {
    long seen = 0;
    try (CloseableIterator<CarpetTrip> trips =
        new CarpetReader<>(file.toFile(), CarpetTrip.class).iterator()) {
      while (trips.hasNext()) {
        if (trips.next().vendorId() > 0) {
          seen++;
        }
      }
    }
    return seen;
  }
}
