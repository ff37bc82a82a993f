package dev.penstock.server;

import static dev.penstock.Penstock.artifact;
import static dev.penstock.Penstock.concurrency;
import static dev.penstock.Penstock.log;
import static dev.penstock.Penstock.subflow;
import static dev.penstock.Penstock.task;

import dev.penstock.flow.Default;
import dev.penstock.flow.Flow;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.MemoryTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Flows for tests: with a retry, a subflow, a pipeline, an artifact, and one that fails.
final class Shop {
  static final String HOSTILE = "<script>alert('x')</script>\"&";

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
                Pipeline.over(IntStream.range(0, rows).boxed().toList())
                    .filter(row -> row % 43 != 0)
                    .map(Shop::lookUp, concurrency(4))
                    .to(new MemoryTable<>("prices")));
    artifact("counts").table(List.of(Map.of("zone", HOSTILE, "rows", rows)));
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

  static int lookUp(int row) throws InterruptedException {
    Thread.sleep(2);
    return row % 264;
  }

  @Flow("Report")
  static void report(String recipient) {
    task("send").run(Shop::send, recipient);
  }

  static void send(String recipient) throws IOException {
    throw new IOException("no mailbox " + recipient + ": " + HOSTILE);
  }
}
