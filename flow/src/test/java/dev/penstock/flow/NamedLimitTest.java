package dev.penstock.flow;

import static dev.penstock.flow.Flows.limit;
import static dev.penstock.flow.Flows.rateLimit;
import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.RunLogs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Global limits, named by flows.
@Timeout(180)
class NamedLimitTest {
  private static final AtomicInteger NOW = new AtomicInteger();
  private static final AtomicInteger MOST = new AtomicInteger();
  private static final List<Integer> TEN = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

  static class Program {
    @Flow
    void tasks() {
      task("load").limit("warehouse").map(TEN, 10, this::load);
    }

    int load(int n) throws InterruptedException {
      MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
      Thread.sleep(10);
      NOW.decrementAndGet();
      return n;
    }

    @Flow
    void heavy() {
      task("load").limit("warehouse", 2).map(TEN, 10, this::load);
    }

    @Flow
    void heavyBlocks() {
      task("load").map(TEN, 10, this::heavily);
    }

    int heavily(int n) throws InterruptedException {
      try (var _ = limit("warehouse", 2)) {
        return load(n);
      }
    }

    @Flow
    void blocks() {
      task("load").map(TEN, 10, this::within);
    }

    int within(int n) throws InterruptedException {
      try (var _ = limit("warehouse")) {
        return load(n);
      }
    }

    @Flow
    void paced() {
      for (int i = 0; i < 4; i++) {
        rateLimit("api");
      }
    }

    @Flow
    void unknown() {
      rateLimit("no-such-limit");
    }
  }

  private static void atMostTwo(String flow) throws Exception {
    atMostTwo(flow, 2);
  }

  private static void atMostTwo(String flow, int slots) throws Exception {
    MOST.set(0);
    LocalFlows.store().limits().set(Limit.of(LimitKey.global("warehouse"), slots));
    LocalFlows.run(Program.class, flow); // the first one loads classes
    long begun = System.nanoTime();
    FlowEnd end = LocalFlows.run(Program.class, flow);
    assertThat(end.failure()).isNull();
    assertThat(MOST.get()).isEqualTo(2);
    assertThat(LocalFlows.store().limits().find(LimitKey.global("warehouse")).orElseThrow().taken())
        .isEmpty();
    assertThat(LocalFlows.logs(end))
        .extracting(RunLogs.Line::text)
        .anyMatch(text ->
            text.startsWith("Waiting: global warehouse ")
                && text.contains("held by task run 'load-"));
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("those that wait hear of a slot, and need not look each second")
        .isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void tasksTakeASlotWhileTheyRun() throws Exception {
    atMostTwo("tasks");
  }

  @Test
  void blocksTakeOneToo() throws Exception {
    atMostTwo("blocks");
  }

  @Test
  void heavyTasksTakeTwo() throws Exception {
    atMostTwo("heavy", 5);
  }

  @Test
  void heavyBlocksTakeTwo() throws Exception {
    atMostTwo("heavyBlocks", 4);
  }

  @Test
  void slotsThatComeBackAfterAWhileAreARate() throws Exception {
    LocalFlows.store()
        .limits()
        .set(
            new Limit(
                LimitKey.global("api"),
                "global api",
                1,
                Duration.ofMillis(200),
                Limit.Collision.ENQUEUE,
                Duration.ZERO));
    long begun = System.nanoTime();
    assertThat(LocalFlows.run(Program.class, "paced").failure()).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(600), Duration.ofSeconds(10));
  }

  @Test
  void aLimitThatIsNotThereIsToldOf() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "unknown");
    assertThat(end.failure()).isNull();
    assertThat(LocalFlows.logs(end))
        .filteredOn(line -> line.level().equals("WARNING"))
        .extracting(RunLogs.Line::text)
        .containsExactly("There is no limit \"no-such-limit\", so that nothing is held back by it");
  }
}
