package dev.penstock.server;

import static dev.penstock.Penstock.artifact;
import static dev.penstock.Penstock.concurrency;
import static dev.penstock.Penstock.log;
import static dev.penstock.Penstock.subflow;
import static dev.penstock.Penstock.task;

import dev.penstock.flow.Default;
import dev.penstock.flow.Flow;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.testkit.MemoryTable;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Flows for tests: with a retry, a subflow, a pipeline, an artifact, and one that fails.
final class Shop {
  static final String HOSTILE = "<script>alert('x')</script>\"&";

  private static final String PICTURE =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='80' height='40'%3E"
              .replace(" ", "%20")
          + "%3Crect%20width='80'%20height='40'%20fill='teal'/%3E%3C/svg%3E";

  /// Whether every zone is found.
  static volatile boolean zonesKnown;

  /// How long a zone is looked up, in milliseconds.
  static volatile int lookUpMillis = 2;

  private static final AtomicInteger TRIES = new AtomicInteger();

  private Shop() {}

  @Flow("Ingest prices")
  static int ingest(@Default("yellow") String color, @Default("2000") int rows)
      throws InterruptedException {
    int found = task("extract").retries(2).call(Shop::extract, color);
    int counted = subflow(Shop::check, found);
    var summary =
        task("load")
            .pipeline(
                Pipeline.over(IntStream.range(0, rows).mapToObj(Shop::trip).toList())
                    .filter(trip -> trip.row() % 43 != 0)
                    .map(Shop::lookUp, concurrency(4))
                    .catching(IllegalStateException.class)
                    .deadLetter(new MemoryTable<DeadLetter>("rejected"))
                    .to(new MemoryTable<>("prices")));
    artifact("counts").table(List.of(Map.of("zone", HOSTILE, "rows", rows)));
    artifact("report").markdown("# Prices\n\n- **" + rows + "** rows, `" + color + "`\n" + HOSTILE);
    artifact("site").link(URI.create("https://example.org/prices"), "where they are from");
    artifact("copied").progress().update(62);
    artifact("map").description("where").image(URI.create(PICTURE));
    log.warn("some zones have no name: {}", HOSTILE);
    return (int) summary.out() + counted;
  }

  static int extract(String color) throws IOException {
    log.info("fetching {}", color);
    if (TRIES.getAndIncrement() % 2 == 0) {
      throw new IOException("HTTP 503 from GET https://example.org/prices.csv");
    }
    return 7;
  }

  @Flow("Check file")
  static int check(int rows) {
    return task("count").call(Shop::count, rows);
  }

  static int count(int rows) {
    return rows;
  }

  /// What is read.
  record Trip(int row, int zone, LocalDate day) {}

  static Trip trip(int row) {
    return new Trip(row, row % 500 == 499 ? 264 : row % 263, LocalDate.of(2026, 8, 1 + row % 28));
  }

  static int lookUp(Trip trip) throws InterruptedException {
    Thread.sleep(lookUpMillis);
    if (trip.zone() == 264 && !zonesKnown) {
      throw new IllegalStateException("no zone has id " + trip.zone() + HOSTILE);
    }
    return trip.zone();
  }

  @Flow("Report")
  static void report(String recipient) {
    task("send").run(Shop::send, recipient);
  }

  static void send(String recipient) throws IOException {
    throw new IOException("no mailbox " + recipient + ": " + HOSTILE);
  }
}
