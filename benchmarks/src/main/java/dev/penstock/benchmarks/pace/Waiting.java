package dev.penstock.benchmarks.pace;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorSystem;

/// Ordered concurrent maps whose function waits: how many times longer they take than the waiting
/// alone would, spread evenly over the calls at once. `Waiting 3` runs three interleaved rounds and
/// prints medians.
public final class Waiting {
  private static final int SEED_STEP = 0x9e3779b9;

  /// A work with its ideal time.
  private record Work(
      String name,
      int records,
      int calls,
      Function<Integer, Integer> fn,
      Duration ideal,
      List<Mapper> who) {}

  private Waiting() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
    List<Mapper> all = List.of(Mapper.values());
    List<Work> works =
        List.of(
            new Work(
                "1 ms, 100,000 records, c = 1000",
                100_000,
                1_000,
                x -> sleep(x, 1),
                Duration.ofMillis(100),
                all),
            new Work(
                "10 ms, 100,000 records, c = 1000",
                100_000,
                1_000,
                x -> sleep(x, 10),
                Duration.ofMillis(1_000),
                all),
            // 990 records wait 1 ms and 10 wait 50 ms: 14.9 ms of ideal time for 1,000 records
            new Work(
                "one in 100 takes 50 ms, the others 1 ms, 20,000 records, c = 100",
                20_000,
                100,
                x -> sleep(x, isSlow(x) ? 50 : 1),
                Duration.ofMillis(298),
                all));
    ActorSystem actors =
        ActorSystem.create(
            "peer",
            ConfigFactory.parseString("pekko.loglevel = OFF, pekko.stdout-loglevel = OFF")
                .withFallback(ConfigFactory.load()));
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Work work : works) {
        measure(work, rounds, new Mapper.Threads(virtual, actors));
      }
    } finally {
      actors.terminate();
    }
  }

  /// One in a hundred, at places without a pattern.
  private static boolean isSlow(int x) {
    return Integer.remainderUnsigned((x * SEED_STEP) ^ ((x * SEED_STEP) >>> 15), 100) == 0;
  }

  private static Integer sleep(Integer x, int millis) {
    try {
      Thread.sleep(millis);
      return x;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void measure(Work work, int rounds, Mapper.Threads threads) {
    List<Integer> in = IntStream.range(0, work.records).boxed().toList();
    Map<Mapper, List<Double>> times = new EnumMap<>(Mapper.class);
    for (int round = -1; round < rounds; round++) {
      for (Mapper mapper : work.who) {
        long begun = System.nanoTime();
        long count = mapper.run(in, work.calls, work.fn, threads);
        double ratio = (double) (System.nanoTime() - begun) / work.ideal.toNanos();
        if (count != work.records) {
          throw new IllegalStateException(mapper + " lost records: " + count);
        }
        if (round >= 0) { // the one before warms up
          times.computeIfAbsent(mapper, _ -> new ArrayList<>()).add(ratio);
        }
      }
    }
    System.out.printf("%n| %s | x ideal | from | to |%n|---|--:|--:|--:|%n", work.name);
    times.forEach((mapper, ratios) -> {
      List<Double> sorted = ratios.stream().sorted().toList();
      System.out.printf(
          "| %s | %.2f | %.2f | %.2f |%n",
          mapper.name().toLowerCase(java.util.Locale.ROOT),
          sorted.get(sorted.size() / 2),
          sorted.getFirst(),
          sorted.getLast());
    });
  }
}
