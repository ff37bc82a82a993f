package dev.penstock.benchmarks.pace;

import static dev.penstock.pipeline.Steps.perSecond;

import dev.penstock.pipeline.Pipeline;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A throttle of 1,000 a second over a source that stalls for a second in the middle: the rate
/// reached before and after the stall, and the most that any sliding second holds.
public final class Throttled {
  private static final int PER_SECOND = 1_000;
  private static final int SECONDS = 4;
  private static final int RECORDS = 2 * SECONDS * PER_SECOND;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private Throttled() {}

  public static void main(String[] args) throws Exception {
    System.out.println("| throttle 1,000/s | % before a stall | % after it | most in a second |");
    System.out.println("|---|--:|--:|--:|");
    print("penstock", penstock());
    print("bucket4j, capacity 1", bucket4j(1));
    print("bucket4j, capacity 10", bucket4j(10));
    print("bucket4j, capacity 1,000", bucket4j(PER_SECOND));
  }

  /// Records that come at once, but for a pause of a second in the middle.
  private static Iterator<Integer> records() {
    return IntStream.range(0, RECORDS)
        .peek(i -> {
          if (i == RECORDS / 2) {
            pause();
          }
        })
        .boxed()
        .iterator();
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long[] penstock() {
    long[] at = new long[RECORDS];
    Pipeline.iterate(Throttled::records)
        .throttle(perSecond(PER_SECOND))
        .forEach(i -> at[i] = System.nanoTime());
    return at;
  }

  private static long[] bucket4j(int capacity) throws InterruptedException {
    Bucket bucket =
        Bucket.builder()
            .addLimit(limit ->
                limit
                    .capacity(capacity)
                    .refillGreedy(PER_SECOND, Duration.ofSeconds(1))
                    .initialTokens(1))
            .withNanosecondPrecision()
            .build();
    long[] at = new long[RECORDS];
    Iterator<Integer> records = records();
    while (records.hasNext()) {
      int i = records.next();
      bucket.asBlocking().consume(1);
      at[i] = System.nanoTime();
    }
    return at;
  }

  private static void print(String who, long[] at) {
    int half = RECORDS / 2;
    System.out.printf(
        "| %s | %.2f | %.2f | %d |%n",
        who,
        reached(Arrays.copyOfRange(at, 0, half)),
        reached(Arrays.copyOfRange(at, half, RECORDS)),
        most(at));
  }

  private static double reached(long[] at) {
    double seconds = (double) (at[at.length - 1] - at[0]) / SECOND;
    return 100 * (at.length - 1) / seconds / PER_SECOND;
  }

  /// The most records in any window of a second, by the times at which they were seen.
  private static int most(long[] at) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < at.length; last++) {
      while (at[last] - at[first] >= SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
