package dev.penstock.benchmarks.pace;

import static dev.penstock.pipeline.Steps.concurrency;

import dev.penstock.pipeline.Pipeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The ordered concurrent map of a library. All work on virtual threads, since the functions wait.
enum Mapper {
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

  /// What the libraries run on.
  record Threads(ExecutorService virtual, ActorSystem actors) {}

  /// Maps all records and counts the results.
  abstract long run(List<Integer> in, int calls, Function<Integer, Integer> fn, Threads threads);
}
