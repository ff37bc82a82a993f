package dev.penstock.benchmarks.micro;

import static dev.penstock.pipeline.Steps.concurrency;

import dev.penstock.benchmarks.micro.Chain.Sum;
import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A concurrent map that keeps the order and does next to nothing: what concurrency itself costs.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Concurrent.RECORDS)
public class Concurrent {
  static final int RECORDS = 100_000;

  /// The input and the number of calls at once.
  @State(Scope.Benchmark)
  public static class Numbers {
    @Param({"4", "100", "1000"})
    int concurrency;

    final List<Integer> numbers = Warm.numbers(RECORDS);
  }

  /// The threads that peers without their own are given.
  @State(Scope.Benchmark)
  public static class Threads {
    final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    final Scheduler rx = Schedulers.from(virtual);
    final reactor.core.scheduler.Scheduler flux =
        reactor.core.scheduler.Schedulers.fromExecutorService(virtual);

    @TearDown(Level.Trial)
    public void stop() {
      virtual.close();
    }
  }

  /// The actor system of Pekko.
  @State(Scope.Benchmark)
  public static class Pekko {
    final ActorSystem system = Actors.system();

    @TearDown(Level.Trial)
    public void stop() {
      Actors.stop(system);
    }
  }

  private static Integer work(Integer x) {
    return x + 1;
  }

  @Benchmark
  public long penstock(Numbers in) {
    Sum sum = new Sum();
    Pipeline.over(in.numbers).map(Concurrent::work, concurrency(in.concurrency)).forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long streams(Numbers in) {
    Sum sum = new Sum();
    in.numbers.stream()
        .gather(Gatherers.mapConcurrent(in.concurrency, Concurrent::work))
        .forEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long rxJava(Numbers in, Threads threads) {
    Sum sum = new Sum();
    Flowable.fromIterable(in.numbers)
        .concatMapEager(
            x -> Flowable.fromCallable(() -> work(x)).subscribeOn(threads.rx), in.concurrency, 1)
        .blockingForEach(sum::add);
    return sum.value;
  }

  @Benchmark
  public long reactor(Numbers in, Threads threads) {
    Sum sum = new Sum();
    Flux.fromIterable(in.numbers)
        .flatMapSequential(
            x -> Mono.fromCallable(() -> work(x)).subscribeOn(threads.flux), in.concurrency, 1)
        .doOnNext(sum::add)
        .blockLast();
    return sum.value;
  }

  @Benchmark
  public long pekko(Numbers in, Threads threads, Pekko pekko) {
    Sum sum = new Sum();
    Actors.await(
        Source.from(in.numbers)
            .mapAsync(
                in.concurrency, x -> CompletableFuture.supplyAsync(() -> work(x), threads.virtual))
            .runForeach(sum::add, pekko.system));
    return sum.value;
  }
}
