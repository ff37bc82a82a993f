package dev.penstock.benchmarks.micro;

import static dev.penstock.pipeline.Steps.commitEvery;
import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.within;

import dev.penstock.benchmarks.micro.Chain.Numbers;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// A million boxed integers from a connector's source through a map and a filter into a
/// transactional target in memory: plain, and with positions that are committed every 10,000
/// records.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Chain.RECORDS)
public class Resumable {

  private static RunnablePipeline load(Numbers in, InMemory.Total target) {
    return Pipeline.from(new InMemory.Numbers(in.numbers))
        .map(x -> x + 1)
        .filter(x -> (x & 1) == 0)
        .to(target);
  }

  private static RunnablePipeline concurrentLoad(Numbers in, InMemory.Total target) {
    return Pipeline.from(new InMemory.Numbers(in.numbers))
        .map(x -> x + 1, concurrency(4))
        .filter(x -> (x & 1) == 0)
        .to(target);
  }

  private static RunnablePipeline resumable(RunnablePipeline load) {
    return load.resumable("load", commitEvery(10_000, within(Duration.ofSeconds(10))));
  }

  @Benchmark
  public long plain(Numbers in, Warm.Penstock warm) {
    InMemory.Total target = new InMemory.Total();
    load(in, target).run();
    return target.total();
  }

  @Benchmark
  public long resumable(Numbers in, Warm.Penstock warm) {
    InMemory.Total target = new InMemory.Total();
    resumable(load(in, target)).run();
    return target.total() + target.commits();
  }

  @Benchmark
  public long plainConcurrent(Numbers in, Warm.Penstock warm) {
    InMemory.Total target = new InMemory.Total();
    concurrentLoad(in, target).run();
    return target.total();
  }

  @Benchmark
  public long resumableConcurrent(Numbers in, Warm.Penstock warm) {
    InMemory.Total target = new InMemory.Total();
    resumable(concurrentLoad(in, target)).run();
    return target.total() + target.commits();
  }
}
