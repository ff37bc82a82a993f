package dev.penstock.pipeline;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.run.RunCancelled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever interrupts the thread that runs a pipeline ends the run, wherever that thread waits.
class InterruptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// What the thread of a run waits for.
  enum Wait {
    SOURCE(p -> p),
    RESULT_IN_ORDER(p -> p.map(x -> x, concurrency(2))),
    ANY_RESULT(p -> p.map(x -> x, concurrency(2).unordered())),
    READ_AHEAD(p -> p.buffer(2)),
    BATCH(p -> p.batch(2, within(Duration.ofHours(1)))),
    BATCH_OF_A_KEY(p -> p.batchBy(x -> x, Batching.upTo(2).within(Duration.ofHours(1)))),
    INPUT(p -> p.merge(Pipeline.of(1L))),
    CHILDREN(p -> p.flatMap(List::of, concurrency(2)));

    private final Function<Pipeline<Long>, Pipeline<?>> plan;

    Wait(Function<Pipeline<Long>, Pipeline<?>> plan) {
      this.plan = plan;
    }
  }

  private final CountDownLatch reading = new CountDownLatch(1);

  /// One record, and then none for ever.
  private Pipeline<Long> silent() {
    return Pipeline.generate(() -> {
      if (reading.getCount() == 0) {
        Thread.sleep(Duration.ofDays(1));
      }
      reading.countDown();
      return 1L;
    });
  }

  private Throwable interrupted(Runnable run) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> still = new AtomicReference<>(false);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                run.run();
              } catch (Throwable t) {
                thrown.set(t);
                still.set(Thread.currentThread().isInterrupted());
              }
            });
    reading.await();
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    assertThat(thread.join(PATIENCE)).as("it ends").isTrue();
    assertThat(still.get()).as("its caller can tell").isTrue();
    return thrown.get();
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatWaitsEnds(Wait wait) throws InterruptedException {
    Pipeline<?> plan = wait.plan.apply(silent());
    assertThat(interrupted(plan::run)).isInstanceOf(RunCancelled.class);
  }

  @Test
  void soDoesAnIterator() throws InterruptedException {
    Pipeline<?> plan = silent().batch(2, within(Duration.ofHours(1)));
    assertThat(
            interrupted(() -> {
              try (var records = plan.iterator()) {
                records.next();
              }
            }))
        .isInstanceOf(RunCancelled.class);
  }
}
