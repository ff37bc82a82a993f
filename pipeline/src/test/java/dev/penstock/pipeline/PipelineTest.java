package dev.penstock.pipeline;

import static dev.penstock.pipeline.Steps.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
  @Test
  void mapsFiltersAndBatches() {
    assertThat(Pipeline.range(0, 10).map(i -> i * 2).filter(i -> i % 3 != 0).batch(4).toList())
        .containsExactly(List.of(2L, 4L, 8L, 10L), List.of(14L, 16L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 100, 1000})
  void keepsTheOrderAtAnyConcurrency(int calls) {
    long n = 20_000;
    assertThat(Pipeline.range(0, n).map(i -> i + 1, concurrency(calls).window(2000)).toList())
        .isEqualTo(LongStream.rangeClosed(1, n).boxed().toList());
  }

  @Test
  void givesAllRecordsInAnyOrder() {
    assertThat(Pipeline.range(0, 50_000).map(i -> i, concurrency(8).unordered()).toList())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 50_000).boxed().toList());
  }

  @Test
  void endsWithTheVeryExceptionOfTheStep() {
    IOException mine = new IOException("mine");
    assertThatThrownBy(() ->
            Pipeline.range(0, 10)
                .map(i -> {
                  if (i == 7) {
                    throw mine;
                  }
                  return i;
                })
                .run())
        .isSameAs(mine)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("at map(<lambda>), record 7"));
  }

  @Test
  void goesOnAfterACaughtFailure() {
    Summary summary =
        Pipeline.of("1", "x", "3")
            .map(Integer::parseInt)
            .catching(NumberFormatException.class)
            .skip()
            .run();
    assertThat(summary.in()).isEqualTo(3);
    assertThat(summary.out()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
  }

  @Test
  void iteratesWithFailuresInPlace() {
    try (RecordIterator<Integer> it =
        Pipeline.of("0", "1", "-", "2").map(Integer::parseInt, concurrency(2)).iterator()) {
      assertThat(it.next()).isZero();
      assertThat(it.next()).isEqualTo(1);
      assertThatThrownBy(it::next).isInstanceOf(NumberFormatException.class);
      assertThat(it.next()).isEqualTo(2);
      assertThat(it.hasNext()).isFalse();
    }
  }

  @Test
  void interleavesInTurn() {
    assertThat(
            Pipeline.of(List.of(0, 1, 2, 3), List.of(4), List.of(5, 6, 7), List.of(8, 9))
                .flatMap(x -> x, concurrency(2))
                .toList())
        .containsExactly(0, 4, 1, 2, 5, 3, 6, 7, 8, 9);
  }

  @Test
  void takesNoMoreThanItNeeds() {
    AtomicInteger pulled = new AtomicInteger();
    assertThat(Pipeline.generate(pulled::incrementAndGet).take(3).toList())
        .containsExactly(1, 2, 3);
    assertThat(pulled).hasValue(3);
  }

  @Test
  void closesABatchInTime() throws Exception {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(1, 2));
    try (RecordIterator<List<Integer>> it =
        Pipeline.queue(queue).batch(100, within(Duration.ofMillis(50))).iterator()) {
      assertThat(it.next()).containsExactly(1, 2);
      queue.add(3);
      assertThat(it.next()).containsExactly(3);
    }
  }

  @Test
  void retries() {
    AtomicInteger calls = new AtomicInteger();
    Summary summary =
        Pipeline.of(1)
            .map(
                i -> {
                  if (calls.incrementAndGet() < 3) {
                    throw new IOException("not yet");
                  }
                  return i;
                },
                retry(times(3).every(Duration.ofMillis(1))))
            .run();
    assertThat(summary.retried()).isEqualTo(2);
    assertThat(summary.failed()).isZero();
  }

  @Test
  void timesOut() {
    assertThatThrownBy(() ->
            Pipeline.of(1)
                .map(
                    i -> {
                      Thread.sleep(60_000);
                      return i;
                    },
                    timeout(Duration.ofMillis(30)))
                .run())
        .hasMessage("took longer than its timeout of 30ms");
  }

  @Test
  void waitsForStages() {
    assertThat(
            Pipeline.range(0, 100)
                .map(async(i -> CompletableFuture.supplyAsync(() -> i * i)), concurrency(10))
                .count())
        .isEqualTo(100);
  }

  @Test
  void mergesZipsAndConcatenates() {
    Pipeline<Long> a = Pipeline.range(0, 3);
    assertThat(a.concat(a, a).toList()).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L, 1L, 2L);
    assertThat(a.merge(a).toList()).containsExactlyInAnyOrder(0L, 0L, 1L, 1L, 2L, 2L);
    assertThat(a.zip(a.skip(1), (x, y) -> x + y).toList()).containsExactly(1L, 3L);
  }

  @Test
  void failsAtTheEndWithWhatWasCaught() {
    List<Integer> seen = new ArrayList<>();
    assertThatThrownBy(() ->
            Pipeline.of("1", "x", "y", "2")
                .map(Integer::parseInt)
                .catching(NumberFormatException.class)
                .failAtEnd()
                .forEach(seen::add))
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("\"x\"");
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void explainsItself() {
    assertThat(Pipeline.of(0).skip(10).map(String::valueOf, concurrency(4)).explain())
        .isEqualTo("Pipeline.over([0]).skip(10).map(String::valueOf, concurrency 4)");
  }

  @Test
  void iteratesOverBatchesTakenApartThatWereFlushedTogether() {
    try (RecordIterator<Long> it =
        Pipeline.range(0, 10)
            .batchBy(n -> n % 2, upTo(100))
            .flatMap(keyed -> keyed.records())
            .iterator()) {
      List<Long> all = new ArrayList<>();
      it.forEachRemaining(all::add);
      assertThat(all).containsExactly(0L, 2L, 4L, 6L, 8L, 1L, 3L, 5L, 7L, 9L);
    }
  }

  @Test
  void iteratesOverAllChildrenOfTheLastRecordTaken() {
    try (RecordIterator<Integer> it =
        Pipeline.of(List.of(1, 2, 3), List.of(4)).take(1).flatMap(x -> x).iterator()) {
      List<Integer> all = new ArrayList<>();
      it.forEachRemaining(all::add);
      assertThat(all).containsExactly(1, 2, 3);
    }
  }

  @Test
  void stepsOfLongRunsWithClassesOfTheirOwnDoTheSame() {
    Summary summary =
        Pipeline.range(0, 200_000)
            .map(i -> i % 100_003)
            .tap(i -> {})
            .filter(i -> i % 2 == 0)
            .observe("even", every(Duration.ofHours(1)))
            .observe("all", every(1_000_000))
            .map(i -> {
              if (i % 1000 == 0) {
                throw new IllegalStateException();
              }
              return i;
            })
            .catching(IllegalStateException.class)
            .skip()
            .skip(10)
            .take(90_000)
            .scan(0L, Long::sum)
            .batch(7)
            .flatMap(x -> x)
            .run();
    assertThat(summary.out()).isEqualTo(90_000);
  }
}
