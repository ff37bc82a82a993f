package dev.penstock.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.MemoryFiles;
import dev.penstock.testkit.MemoryGroup;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that share the splits of a group: whatever comes and goes, each record is in the target
/// once.
@NoLeaks
@Timeout(180)
class GroupRunsTest {
  private static final int SPLITS = 6;
  private static final int EACH = 300;
  private static final int CASES = 24;

  private static MemoryGroup<Integer> group(Duration patience) {
    List<List<Integer>> splits = new ArrayList<>();
    for (int s = 0; s < SPLITS; s++) {
      splits.add(IntStream.range(s * EACH, (s + 1) * EACH).boxed().toList());
    }
    return new MemoryGroup<>("readers", patience, splits);
  }

  /// A member that runs until it is stopped.
  private static final class Process {
    final Cancellation cancellation = new Cancellation();
    final Thread thread;
    final ConcurrentLinkedQueue<Throwable> failures;

    Process(RunnablePipeline pipeline, ConcurrentLinkedQueue<Throwable> failures) {
      this.failures = failures;
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  pipeline.run(RunOptions.DEFAULT.cancellation(cancellation));
                } catch (RunCancelled stopped) {
                  // as it was asked to
                } catch (Throwable t) {
                  failures.add(t);
                }
              });
    }

    void stop() throws InterruptedException {
      cancellation.cancel();
      thread.join();
    }
  }

  static LongStream seeds() {
    long seed = Seed.of("group runs");
    return LongStream.range(seed, seed + (Seed.isReplayed() ? 1 : CASES));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_record_is_written_once_whatever_comes_and_goes(long seed) throws Exception {
    Random random = new Random(seed);
    // with no patience at all, most splits are given up with records on their way
    MemoryGroup<Integer> group = group(Duration.ofMillis(random.nextBoolean() ? 2_000 : 0));
    boolean staged = random.nextBoolean();
    MemoryTable<Integer> table = new MemoryTable<>("target");
    MemoryFiles<Integer> files = new MemoryFiles<>("target");
    Sink<Integer> target = staged ? files : table;
    Supplier<List<Integer>> content = staged ? files::content : table::content;
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Process> processes = new ArrayList<>();
    int kind = random.nextInt(5);
    try {
      processes.add(new Process(pipeline(group, target, kind), failures));
      while (content.get().size() < SPLITS * EACH && failures.isEmpty()) {
        switch (random.nextInt(6)) {
          case 0 -> processes.add(new Process(pipeline(group, target, kind), failures));
          case 1 -> {
            if (processes.size() > 1) {
              processes.removeFirst().stop();
            }
          }
          case 2 -> group.losesLast();
          default -> group.rebalance();
        }
        Thread.sleep(random.nextInt(15));
        if (random.nextInt(4) == 0) {
          group.rebalance();
        }
      }
    } finally {
      for (Process process : processes) {
        process.stop();
      }
    }
    assertThat(failures).as("kind %s", kind).isEmpty();
    assertThat(table.violations()).as("kind %s", kind).isEmpty();
    assertThat(files.violations()).as("kind %s", kind).isEmpty();
    assertThat(content.get())
        .as("kind %s, staged %s", kind, staged)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SPLITS * EACH).boxed().toList());
  }

  private static RunnablePipeline pipeline(
      MemoryGroup<Integer> group, Sink<Integer> target, int kind) {
    Pipeline<Integer> records = Pipeline.from(group.source());
    Pipeline<Integer> steps =
        switch (kind) {
          case 0 -> records.map(GroupRunsTest::slow);
          case 1 -> records.map(GroupRunsTest::slow, Steps.concurrency(3));
          case 2 -> records.map(GroupRunsTest::slow, Steps.concurrency(3).unordered());
          case 3 -> records.batch(7).map(List::copyOf, Steps.concurrency(2)).flatMap(list -> list);
          default ->
              records
                  .map(GroupRunsTest::slow)
                  .batch(10, Steps.within(Duration.ofMillis(5)))
                  .flatMap(list -> list)
                  .batch(13)
                  .flatMap(list -> list);
        };
    return steps
        .to(target)
        .resumable("readers", Steps.commitEvery(20, Steps.within(Duration.ofMillis(3))));
  }

  private static Integer slow(Integer record) throws InterruptedException {
    if (record % 40 == 0) {
      Thread.sleep(1);
    }
    return record;
  }

  @Test
  void a_step_with_a_state_is_refused_by_name() {
    RunnablePipeline pipeline =
        Pipeline.from(group(Duration.ZERO).source()).take(3).to(new MemoryTable<>("target"));
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(PlanRefused.class)
        .hasMessage(
            "take(3) cannot be used on what a group reads: its state would be of all records, and"
                + " others of the group read some of them; take it away, or read without a group");
  }

  @Test
  void a_plan_says_what_it_promises() {
    RunnablePipeline pipeline =
        Pipeline.from(group(Duration.ZERO).source()).to(new MemoryTable<>("target"));
    assertThat(pipeline.explain())
        .isEqualTo(
            """
            Pipeline.from(Memory.group(readers)).to(Memory.table(target))
            exactly once: records and positions are committed in one transaction (positions of "readers" in Memory.table(target))\
            """);
  }
}
