package dev.penstock.cli;

import static dev.penstock.Penstock.artifact;
import static dev.penstock.Penstock.ask;
import static dev.penstock.Penstock.log;
import static dev.penstock.Penstock.task;

import dev.penstock.flow.Flow;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Flows to have runs of.
final class Shop {
  private static final List<Map<String, Object>> DAYS =
      List.of(Map.of("day", "2026-01-05"), Map.of("day", "2026-01-06"));

  private final AtomicInteger extracted = new AtomicInteger();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean broken;

  void breakDown(boolean now) {
    broken = now;
  }

  /// How often the task `extract` was done.
  int extracted() {
    return extracted.get();
  }

  void awaitWaiting() throws InterruptedException {
    waiting.await();
  }

  void release() {
    released.countDown();
  }

  @Flow
  int ingest(int count) {
    List<Integer> numbers = task("extract").call(this::extract, count);
    log.info("{} numbers", numbers.size());
    return task("load").call(this::load, numbers);
  }

  private List<Integer> extract(int count) {
    extracted.incrementAndGet();
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  private int load(List<Integer> numbers) {
    if (broken) {
      throw new IllegalStateException("no table \"trips\"");
    }
    log.warn("loading");
    return numbers.size();
  }

  private final MemoryTable<Integer> priced = new MemoryTable<>("priced");
  private final MemoryTable<DeadLetter> letters = new MemoryTable<>("letters");

  /// What `price` has written.
  List<Integer> priced() {
    return priced.content();
  }

  @Flow
  void price() {
    task("price")
        .pipeline(
            Pipeline.from(MemorySource.of(List.of(1, 2, 3)))
                .map(this::priceOf)
                .catching(IllegalStateException.class)
                .deadLetter(letters)
                .to(priced));
  }

  private int priceOf(int number) {
    if (broken && number > 1) {
      throw new IllegalStateException("no price for " + number);
    }
    return number * 10;
  }

  @Flow
  void patient() {
    task("wait").tags("slow").run(this::await);
  }

  private void await() throws InterruptedException {
    waiting.countDown();
    released.await();
  }

  @Flow
  void report() {
    artifact("rows-by-day").description("for the morning").table(DAYS);
    artifact("summary").markdown("**2 days**");
  }

  @Flow
  String publish() {
    return ask("may it go out?", Duration.ofDays(1), Boolean.class) ? "out" : "kept";
  }
}
