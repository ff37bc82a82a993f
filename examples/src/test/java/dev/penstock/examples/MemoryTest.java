package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.files.Parquet;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.Trips;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A load of a large file with `-Xmx256m` stays under 700 MB, native memory included. The short
/// form loads 1 million trips of 19 columns, `-Dpenstock.long=true` 5 million.
class MemoryTest extends FaultTest {
  private static final int TRIPS = Boolean.getBoolean("penstock.long") ? 5_000_000 : 1_000_000;
  private static final long MOST_KILOBYTES = 700_000;

  @Test
  void loadsOfLargeFilesTakeLittleMemory() throws Exception {
    Path file = work("trips.parquet");
    Pipeline.streams(() -> Trips.ofSeed(1).first(TRIPS))
        .to(Parquet.write(file, dev.penstock.testkit.Trip.class))
        .run();
    for (String url : new String[] {DUCKDB, Postgres.newDatabase("memory")}) {
      long peak = peakKilobytes(url);
      System.out.printf(
          "%,d trips into %s: peak RSS %,d kB%n", TRIPS, withoutPlace(url).split("\\?")[0], peak);
      assertThat(peak).as("peak RSS in kB").isBetween(50_000L, MOST_KILOBYTES);
    }
  }

  private long peakKilobytes(String url) throws Exception {
    String program =
        """
        void main() throws Exception {
            Pipeline.from(Parquet.read(Path.of("trips.parquet"), dev.penstock.testkit.Trip.class))
                .filter(t -> t.passengerCount() == null || t.passengerCount() != 0)
                .to(Jdbc.table(connection("%s"), "trips", dev.penstock.testkit.Trip.class).create())
                .run();
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    IO.println(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        """
            .formatted(url);
    Path testkit = Path.of(Trips.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Command.Result result =
        command(program)
            .with("--classpath", testkit.toString())
            .env("PENSTOCK_JAVA_OPTS", "-Xmx256m")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    return Long.parseLong(result.lastLine());
  }
}
