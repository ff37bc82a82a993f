package dev.penstock.benchmarks;

import dev.penstock.files.Parquet;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.testkit.Trip;
import dev.penstock.testkit.Trips;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Writes a Parquet file of made-up taxi trips: `--rows 5000000 --out trips.parquet --seed 1`. The
/// same seed gives the same trips, and more rows begin with those of fewer.
public final class GenerateTrips {
  private static final Set<String> OPTIONS = Set.of("--rows", "--out", "--seed");

  private GenerateTrips() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> options = options(args);
    long rows = Long.parseLong(options.getOrDefault("--rows", "1000000"));
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    Path file = Path.of(options.getOrDefault("--out", "trips.parquet"));
    write(rows, seed, file);
    System.out.println(rows + " trips in " + file);
  }

  /// Writes the first `rows` trips of a seed; an older file is replaced.
  public static void write(long rows, long seed, Path file) throws Exception {
    Trips trips = Trips.ofSeed(seed);
    write(Parquet.write(file, Trip.class), trips, rows);
  }

  /// Without the engine, so that what is measured with the file does not depend on what made it.
  private static <S> void write(StagedSink<Trip, S> sink, Trips trips, long rows) throws Exception {
    try (StageWriter<Trip, S> writer = sink.open(new Split("trips"), Optional.empty())) {
      for (long i = 0; i < rows; i++) {
        writer.write(trips.trip(i));
      }
      sink.publish(writer.stage(Cut.END));
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "options are " + String.join(", ", new TreeSet<>(OPTIONS)) + ", each with a value");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }
}
