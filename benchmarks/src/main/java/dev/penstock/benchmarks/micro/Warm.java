package dev.penstock.benchmarks.micro;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Fn;
import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Flux;

/// Uses a library's operators with other lambdas and in other orders before anything is measured.
/// In a real program the code of `map` has seen many functions; a benchmark that shows it one only
/// measures how well the compiler melts that one into it.
public final class Warm {
  static final int ROUNDS = 150;

  /// What the chains of this class run over.
  static final List<Integer> FEW = numbers(5_000);

  private Warm() {}

  /// Boxed numbers beyond the cache of `Integer.valueOf`.
  static List<Integer> numbers(int count) {
    return new ArrayList<>(IntStream.range(1_000, 1_000 + count).boxed().toList());
  }

  /// Warms pipelines of this project.
  @State(Scope.Benchmark)
  public static class Penstock {
    @Setup(Level.Trial)
    public void warm() {
      List<Fn<Integer, Integer>> maps = List.of(x -> x + 1, x -> x ^ 7, x -> -x, x -> x * 5);
      List<Check<Integer>> filters = List.of(x -> x % 3 != 0, x -> x > 2, x -> x != 9, x -> true);
      long[] sum = new long[1];
      for (int i = 0; i < ROUNDS; i++) {
        Fn<Integer, Integer> map = maps.get(i % maps.size());
        Check<Integer> filter = filters.get(i % filters.size());
        Pipeline<Integer> few = Pipeline.over(FEW);
        few.filter(filter).map(map).batch(7).flatMap(x -> x).forEach(x -> sum[0] += x);
        few.map(map).map(map).filter(filter).batch(50).forEach(x -> sum[0] += x.size());
        few.batch(10).flatMap(List::reversed).map(map).forEach(x -> sum[0] -= x);
        few.map(Warm::sometimesFails).catching(Exception.class).skip().map(map).run();
        few.map(map).map(Warm::sometimesFails).catching(Exception.class).replaceWith(_ -> 1).run();
      }
    }
  }

  /// Warms `java.util.stream`.
  @State(Scope.Benchmark)
  public static class Streams {
    @Setup(Level.Trial)
    public void warm() {
      List<Function<Integer, Integer>> maps = List.of(x -> x + 1, x -> x ^ 7, x -> -x, x -> x * 5);
      List<Predicate<Integer>> filters = filters();
      long[] sum = new long[1];
      for (int i = 0; i < ROUNDS; i++) {
        Function<Integer, Integer> map = maps.get(i % maps.size());
        Predicate<Integer> filter = filters.get(i % filters.size());
        FEW.stream()
            .filter(filter)
            .map(map)
            .gather(Gatherers.windowFixed(7))
            .flatMap(List::stream)
            .forEach(x -> sum[0] += x);
        FEW.stream()
            .map(map)
            .map(map)
            .filter(filter)
            .gather(Gatherers.windowFixed(50))
            .forEach(x -> sum[0] += x.size());
        FEW.stream()
            .gather(Gatherers.windowFixed(10))
            .flatMap(x -> x.reversed().stream())
            .map(map)
            .forEach(x -> sum[0] -= x);
      }
    }
  }

  /// Warms RxJava.
  @State(Scope.Benchmark)
  public static class RxJava {
    @Setup(Level.Trial)
    public void warm() {
      List<io.reactivex.rxjava3.functions.Function<Integer, Integer>> maps =
          List.of(x -> x + 1, x -> x ^ 7, x -> -x, x -> x * 5);
      List<io.reactivex.rxjava3.functions.Predicate<Integer>> filters =
          List.of(x -> x % 3 != 0, x -> x > 2, x -> x != 9, x -> true);
      long[] sum = new long[1];
      for (int i = 0; i < ROUNDS; i++) {
        var map = maps.get(i % maps.size());
        var filter = filters.get(i % filters.size());
        Flowable<Integer> few = Flowable.fromIterable(FEW);
        few.filter(filter)
            .map(map)
            .buffer(7)
            .flatMapIterable(x -> x)
            .blockingForEach(x -> sum[0] += x);
        var _ = few.map(map).map(map).filter(filter).buffer(50).subscribe(x -> sum[0] += x.size());
        var _ = few.buffer(10).flatMapIterable(List::reversed).map(map).subscribe(x -> sum[0] -= x);
        var _ = few.concatMapMaybe(Errors::rxMaybe).map(map).subscribe(x -> sum[0] += x);
      }
    }
  }

  /// Warms Reactor.
  @State(Scope.Benchmark)
  public static class Reactor {
    @Setup(Level.Trial)
    public void warm() {
      List<Function<Integer, Integer>> maps = List.of(x -> x + 1, x -> x ^ 7, x -> -x, x -> x * 5);
      List<Predicate<Integer>> filters = filters();
      long[] sum = new long[1];
      for (int i = 0; i < ROUNDS; i++) {
        Function<Integer, Integer> map = maps.get(i % maps.size());
        Predicate<Integer> filter = filters.get(i % filters.size());
        Flux<Integer> few = Flux.fromIterable(FEW);
        few.filter(filter).map(map).buffer(7).flatMapIterable(x -> x).subscribe(x -> sum[0] += x);
        few.map(map).map(map).filter(filter).buffer(50).subscribe(x -> sum[0] += x.size());
        few.buffer(10).flatMapIterable(List::reversed).map(map).subscribe(x -> sum[0] -= x);
        few.map(Warm::sometimesFailsUnchecked)
            .onErrorContinue((_, _) -> {})
            .map(map)
            .subscribe(x -> sum[0] += x);
      }
    }
  }

  /// Warms Pekko Streams, and holds its actor system.
  @State(Scope.Benchmark)
  public static class Pekko {
    final ActorSystem system = Actors.system();

    @Setup(Level.Trial)
    public void warm() {
      List<org.apache.pekko.japi.function.Function<Integer, Integer>> maps =
          List.of(x -> x + 1, x -> x ^ 7, x -> -x, x -> x * 5);
      List<org.apache.pekko.japi.function.Predicate<Integer>> filters =
          List.of(x -> x % 3 != 0, x -> x > 2, x -> x != 9, x -> true);
      long[] sum = new long[1];
      for (int i = 0; i < ROUNDS; i++) {
        var map = maps.get(i % maps.size());
        var filter = filters.get(i % filters.size());
        Source<Integer, ?> few = Source.from(FEW);
        Actors.await(
            few.filter(filter)
                .map(map)
                .grouped(7)
                .mapConcat(x -> x)
                .runForeach(x -> sum[0] += x, system));
        Actors.await(
            few.map(map)
                .map(map)
                .filter(filter)
                .grouped(50)
                .runForeach(x -> sum[0] += x.size(), system));
        Actors.await(
            few.grouped(10)
                .mapConcat(List::reversed)
                .map(map)
                .runForeach(x -> sum[0] -= x, system));
      }
    }

    @TearDown(Level.Trial)
    public void stop() {
      Actors.stop(system);
    }
  }

  private static List<Predicate<Integer>> filters() {
    return List.of(x -> x % 3 != 0, x -> x > 2, x -> x != 9, x -> true);
  }

  static Integer sometimesFails(Integer x) throws Exception {
    if (x % 64 == 0) {
      throw Errors.FAILURE;
    }
    return x + 2;
  }

  static Integer sometimesFailsUnchecked(Integer x) {
    if (x % 64 == 0) {
      throw Errors.FAILURE;
    }
    return x + 2;
  }
}
