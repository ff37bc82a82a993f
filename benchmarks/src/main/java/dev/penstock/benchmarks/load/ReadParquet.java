package dev.penstock.benchmarks.load;

import dev.penstock.files.Parquet;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Trip;
import java.nio.file.Path;

/// Reads a Parquet file of trips into records, all 19 columns: `ReadParquet FILE ROWS ROUNDS`.
public final class ReadParquet {
  private ReadParquet() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    long rows = Long.parseLong(args[1]);
    Figures figures = new Figures();
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      figures.time("penstock", rows, () -> read(file));
    }
    figures.print("Parquet into records", rows);
  }

  /// Counts the records in a function of its own, so that each of them is made and handed over.
  private static long read(Path file) {
    long[] seen = new long[1];
    Pipeline.from(Parquet.read(file, Trip.class))
        .forEach(trip -> {
          if (trip.vendorId() > 0) {
            seen[0]++;
          }
        });
    return seen[0];
  }
}
