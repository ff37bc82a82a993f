package dev.penstock.benchmarks.pace;

import static dev.penstock.pipeline.Steps.concurrency;

import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The ordered concurrent map of a library. All work on virtual threads, since the functions wait.
enum Mapper {
  /// What virtual threads can do by themselves: as many as calls, each of which takes a number,
  /// works and takes the next; no order, no window, no results. Nobody can be faster.
  BARE {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      AtomicInteger next = new AtomicInteger();
      LongAdder count = new LongAdder();
      Runnable loop =
          () -> {
            for (int i = next.getAndIncrement(); i < in.size(); i = next.getAndIncrement()) {
              if (fn.apply(in.get(i)) != null) {
                count.increment();
              }
            }
          };
      List<? extends Future<?>> all =
          Stream.generate(() -> threads.virtual().submit(loop)).limit(calls).toList();
      all.forEach(Mapper::await);
      return count.sum();
    }
  },
  PENSTOCK {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      return Pipeline.over(in).map(fn::apply, concurrency(calls)).count();
    }
  },
  STREAMS {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      return in.stream().gather(Gatherers.mapConcurrent(calls, fn)).mapToInt(_ -> 1).sum();
    }
  },
  RXJAVA {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      var scheduler = Schedulers.from(threads.virtual());
      return Flowable.fromIterable(in)
          .concatMapEager(
              x -> Flowable.fromCallable(() -> fn.apply(x)).subscribeOn(scheduler), calls, 1)
          .count()
          .blockingGet();
    }
  },
  REACTOR {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      var scheduler = reactor.core.scheduler.Schedulers.fromExecutorService(threads.virtual());
      Long count =
          Flux.fromIterable(in)
              .flatMapSequential(x -> call(() -> fn.apply(x)).subscribeOn(scheduler), calls, 1)
              .count()
              .block();
      return count == null ? 0 : count;
    }

    private Mono<Integer> call(Callable<Integer> fn) {
      return Mono.fromCallable(fn);
    }
  },
  PEKKO {
    @Override
    long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads) {
      return Source.from(in)
          .mapAsync(calls, x -> CompletableFuture.supplyAsync(() -> fn.apply(x), threads.virtual()))
          .runFold(0L, (n, _) -> n + 1, threads.actors())
          .toCompletableFuture()
          .join();
    }
  };

  private static void await(Future<?> done) {
    try {
      done.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the libraries run on.
  record Threads(ExecutorService virtual, ActorSystem actors) {}

  /// Maps all records and counts the results.
  abstract long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads);
}
