package dev.penstock.benchmarks.micro;

import static dev.penstock.pipeline.Steps.within;

import dev.penstock.benchmarks.micro.Chain.Numbers;
import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Observable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import reactor.core.publisher.Flux;

/// A million boxed integers into lists of 100, or of fewer after a second.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Chain.RECORDS)
public class Batches {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Where lists are counted.
  static final class Records {
    long count;

    void add(java.util.List<Integer> batch) {
      count += batch.size();
    }
  }

  @Benchmark
  public long penstock(Numbers in, Warm.Penstock warm) {
    Records records = new Records();
    Pipeline.over(in.numbers).batch(100, within(SECOND)).forEach(records::add);
    return records.count;
  }

  /// For comparison: without a limit in time.
  @Benchmark
  public long penstockBySizeAlone(Numbers in, Warm.Penstock warm) {
    Records records = new Records();
    Pipeline.over(in.numbers).batch(100).forEach(records::add);
    return records.count;
  }

  @Benchmark
  public long reactor(Numbers in, Warm.Reactor warm) {
    Records records = new Records();
    Flux.fromIterable(in.numbers)
        .bufferTimeout(100, SECOND, true)
        .doOnNext(records::add)
        .blockLast();
    return records.count;
  }

  /// Without back-pressure, which RxJava's timed buffer does not have.
  @Benchmark
  public long rxJava(Numbers in, Warm.RxJava warm) {
    Records records = new Records();
    var _ =
        Observable.fromIterable(in.numbers)
            .buffer(1, TimeUnit.SECONDS, 100)
            .subscribe(records::add);
    return records.count;
  }

  @Benchmark
  public long pekko(Numbers in, Warm.Pekko warm) {
    Records records = new Records();
    Actors.await(
        Source.from(in.numbers).groupedWithin(100, SECOND).runForeach(records::add, warm.system));
    return records.count;
  }
}
