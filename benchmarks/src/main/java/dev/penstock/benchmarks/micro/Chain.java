package dev.penstock.benchmarks.micro;

import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import org.apache.pekko.stream.javadsl.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;

/// A million boxed integers: map, filter (half of them stay), lists of 100, taken apart again,
/// summed.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Chain.RECORDS)
public class Chain {
  static final int RECORDS = 1_000_000;

  /// The input.
  @State(Scope.Benchmark)
  public static class Numbers {
    final List<Integer> numbers = Warm.numbers(RECORDS);
  }

  /// Where a sum is kept.
  static final class Sum {
    long value;

    void add(Integer x) {
      value += x;
    }
  }

  @Benchmark
  public long penstock(Numbers in, Warm.Penstock warm) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers)
        .map(x -> x * 3)
        .filter(x -> (x & 1) == 0)
        .batch(100)
        .flatMap(x -> x)
        .forEach(sum::add);
    return sum.value;
  }

  /// What one would write by hand, without functions.
  @Benchmark
  public long loop(Numbers in) {
    Sum sum = new Sum();
    List<Integer> batch = new ArrayList<>(100);
    for (Integer x : in.numbers) {
      Integer y = x * 3;
      if ((y & 1) == 0) {
        batch.add(y);
        if (batch.size() == 100) {
          drain(batch, sum);
          batch = new ArrayList<>(100);
        }
      }
    }
    drain(batch, sum);
    return sum.value;
  }

  private static void drain(List<Integer> batch, Sum sum) {
    for (Integer x : batch) {
      sum.add(x);
    }
  }

  /// The same with functions that are objects, as a library is given them.
  @Benchmark
  public long loopOfFunctions(Numbers in, Functions functions) {
    Sum sum = new Sum();
    functions.run(in.numbers, x -> x * 3, x -> (x & 1) == 0, sum);
    return sum.value;
  }

  /// A loop by hand that has seen other functions before.
  @State(Scope.Benchmark)
  public static class Functions {
    @org.openjdk.jmh.annotations.Setup
    public void warm() {
      Sum sum = new Sum();
      for (int i = 0; i < Warm.ROUNDS; i++) {
        run(Warm.FEW, x -> x + 1, x -> x % 3 != 0, sum);
        run(Warm.FEW, x -> x ^ 7, x -> x > 2, sum);
        run(Warm.FEW, x -> -x, x -> x != 9, sum);
      }
    }

    void run(List<Integer> in, Function<Integer, Integer> map, Predicate<Integer> filter, Sum sum) {
      List<Integer> batch = new ArrayList<>(100);
      for (Integer x : in) {
        Integer y = map.apply(x);
        if (filter.test(y)) {
          batch.add(y);
          if (batch.size() == 100) {
            drain(batch, sum);
            batch = new ArrayList<>(100);
          }
        }
      }
      drain(batch, sum);
    }
  }

  @Benchmark
  public long streams(Numbers in, Warm.Streams warm) {
    Sum sum = new Sum();
    in.numbers.stream()
        .map(x -> x * 3)
        .filter(x -> (x & 1) == 0)
        .gather(Gatherers.windowFixed(100))
        .flatMap(List::stream)
        .forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long rxJava(Numbers in, Warm.RxJava warm) {
    Sum sum = new Sum();
    var _ =
        Flowable.fromIterable(in.numbers)
            .map(x -> x * 3)
            .filter(x -> (x & 1) == 0)
            .buffer(100)
            .flatMapIterable(x -> x)
            .subscribe(sum::add);
    return sum.value;
  }

  @Benchmark
  public long reactor(Numbers in, Warm.Reactor warm) {
    Sum sum = new Sum();
    Flux.fromIterable(in.numbers)
        .map(x -> x * 3)
        .filter(x -> (x & 1) == 0)
        .buffer(100)
        .flatMapIterable(x -> x)
        .subscribe(sum::add);
    return sum.value;
  }

  @Benchmark
  public long pekko(Numbers in, Warm.Pekko warm) {
    Sum sum = new Sum();
    Actors.await(
        Source.from(in.numbers)
            .map(x -> x * 3)
            .filter(x -> (x & 1) == 0)
            .grouped(100)
            .mapConcat(x -> x)
            .runForeach(sum::add, warm.system));
    return sum.value;
  }
}
