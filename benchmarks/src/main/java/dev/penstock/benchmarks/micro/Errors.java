package dev.penstock.benchmarks.micro;

import dev.penstock.benchmarks.micro.Chain.Numbers;
import dev.penstock.benchmarks.micro.Chain.Sum;
import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import reactor.core.publisher.Flux;

/// A million boxed integers through a map that fails on one in a hundred; the failures are caught
/// and dropped. The exception is made once, so that making it is not what is measured.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Chain.RECORDS)
public class Errors {
  static final IllegalStateException FAILURE = new IllegalStateException("one in a hundred");

  private static Integer call(Integer x) {
    if (x % 100 == 0) {
      throw FAILURE;
    }
    return x + 1;
  }

  private static Integer good(Integer x) {
    return x + 1;
  }

  static Maybe<Integer> rxMaybe(Integer x) {
    try {
      return Maybe.just(call(x));
    } catch (IllegalStateException e) {
      return Maybe.empty();
    }
  }

  @Benchmark
  public long penstock(Numbers in, Warm.Penstock warm) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers)
        .map(Errors::call)
        .catching(IllegalStateException.class)
        .skip()
        .forEach(sum::add);
    return sum.value;
  }

  /// No record fails.
  @Benchmark
  public long penstockGood(Numbers in, Warm.Penstock warm) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers)
        .map(Errors::good)
        .catching(IllegalStateException.class)
        .skip()
        .forEach(sum::add);
    return sum.value;
  }

  /// No record fails, and nothing would catch it.
  @Benchmark
  public long penstockGoodUncaught(Numbers in, Warm.Penstock warm) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers).map(Errors::good).forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long loop(Numbers in) {
    Sum sum = new Sum();
    for (Integer x : in.numbers) {
      Integer y;
      try {
        y = call(x);
      } catch (IllegalStateException e) {
        continue;
      }
      sum.add(y);
    }
    return sum.value;
  }

  @Benchmark
  public long reactor(Numbers in, Warm.Reactor warm) {
    Sum sum = new Sum();
    Flux.fromIterable(in.numbers)
        .map(Errors::call)
        .onErrorContinue(IllegalStateException.class, (_, _) -> {})
        .subscribe(sum::add);
    return sum.value;
  }

  /// RxJava has no way to go on after a failure but a publisher for each record.
  @Benchmark
  public long rxJava(Numbers in, Warm.RxJava warm) {
    Sum sum = new Sum();
    var _ = Flowable.fromIterable(in.numbers).concatMapMaybe(Errors::rxMaybe).subscribe(sum::add);
    return sum.value;
  }
}
