package dev.penstock.benchmarks.micro;

import dev.penstock.benchmarks.micro.Chain.Numbers;
import dev.penstock.benchmarks.micro.Chain.Sum;
import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import reactor.core.publisher.Flux;

/// A million boxed integers through ten maps.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Chain.RECORDS)
public class TenMaps {
  @Benchmark
  public long penstock(Numbers in, Warm.Penstock warm) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers)
        .map(x -> x + 1)
        .map(x -> x ^ 2)
        .map(x -> x * 3)
        .map(x -> x - 4)
        .map(x -> x + 5)
        .map(x -> x ^ 6)
        .map(x -> x * 7)
        .map(x -> x - 8)
        .map(x -> x + 9)
        .map(x -> x ^ 10)
        .forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long streams(Numbers in, Warm.Streams warm) {
    Sum sum = new Sum();
    in.numbers.stream()
        .map(x -> x + 1)
        .map(x -> x ^ 2)
        .map(x -> x * 3)
        .map(x -> x - 4)
        .map(x -> x + 5)
        .map(x -> x ^ 6)
        .map(x -> x * 7)
        .map(x -> x - 8)
        .map(x -> x + 9)
        .map(x -> x ^ 10)
        .forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long rxJava(Numbers in, Warm.RxJava warm) {
    Sum sum = new Sum();
    var _ =
        Flowable.fromIterable(in.numbers)
            .map(x -> x + 1)
            .map(x -> x ^ 2)
            .map(x -> x * 3)
            .map(x -> x - 4)
            .map(x -> x + 5)
            .map(x -> x ^ 6)
            .map(x -> x * 7)
            .map(x -> x - 8)
            .map(x -> x + 9)
            .map(x -> x ^ 10)
            .subscribe(sum::add);
    return sum.value;
  }

  @Benchmark
  public long reactor(Numbers in, Warm.Reactor warm) {
    Sum sum = new Sum();
    Flux.fromIterable(in.numbers)
        .map(x -> x + 1)
        .map(x -> x ^ 2)
        .map(x -> x * 3)
        .map(x -> x - 4)
        .map(x -> x + 5)
        .map(x -> x ^ 6)
        .map(x -> x * 7)
        .map(x -> x - 8)
        .map(x -> x + 9)
        .map(x -> x ^ 10)
        .subscribe(sum::add);
    return sum.value;
  }

  /// What one would write by hand, a new object at each step.
  @Benchmark
  public long loop(Numbers in) {
    Sum sum = new Sum();
    for (Integer a : in.numbers) {
      Integer b = a + 1;
      Integer c = b ^ 2;
      Integer d = c * 3;
      Integer e = d - 4;
      Integer f = e + 5;
      Integer g = f ^ 6;
      Integer h = g * 7;
      Integer i = h - 8;
      Integer j = i + 9;
      sum.add(j ^ 10);
    }
    return sum.value;
  }
}
