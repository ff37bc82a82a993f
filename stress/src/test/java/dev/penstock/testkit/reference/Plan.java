package dev.penstock.testkit.reference;

import static dev.penstock.testkit.reference.Functions.chance;
import static dev.penstock.testkit.reference.Functions.children;
import static dev.penstock.testkit.reference.Functions.flaky;
import static dev.penstock.testkit.reference.Functions.mayFail;
import static dev.penstock.testkit.reference.Functions.mix;
import static dev.penstock.testkit.reference.Functions.number;

import dev.penstock.pipeline.Catching;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A random pipeline as data: taking steps or records away leaves a good one.
///
/// @param source how the records are read
/// @param records the records; a [MemorySource.Bad] fails
/// @param steps from the source down; one that is out of place is left out
record Plan(Origin source, List<Object> records, List<Draw> steps) {

  enum Origin {
    OVER,
    ITERATE,
    READ
  }

  /// A step drawn at random; its settings follow from its seed.
  record Draw(Kind kind, long seed) {}

  enum Kind {
    MAP,
    MAP_THAT_FAILS,
    MAP_WITH_RETRIES,
    TAP,
    FILTER,
    FLAT_MAP,
    FLAT_MAP_IN_TURN,
    BATCH,
    BATCH_BY,
    WINDOW,
    TAKE,
    SKIP,
    TAKE_WHILE,
    DROP_WHILE,
    DISTINCT,
    DISTINCT_CONSECUTIVE,
    ZIP_WITH_INDEX,
    SCAN,
    OBSERVE,
    BUFFER,
    THROTTLE,
    CATCH_SKIP,
    CATCH_REPLACE,
    CATCH_STOP,
    CATCH_FAIL_AT_END,
    BUDGET,
    ZIP,
    CONCAT,
    MERGE
  }

  static final Set<Kind> NEEDS_ORDER =
      EnumSet.of(
          Kind.FLAT_MAP_IN_TURN,
          Kind.BATCH,
          Kind.BATCH_BY,
          Kind.WINDOW,
          Kind.TAKE,
          Kind.SKIP,
          Kind.TAKE_WHILE,
          Kind.DROP_WHILE,
          Kind.DISTINCT,
          Kind.DISTINCT_CONSECUTIVE,
          Kind.ZIP_WITH_INDEX,
          Kind.SCAN,
          Kind.CATCH_STOP,
          Kind.CATCH_FAIL_AT_END,
          Kind.BUDGET,
          Kind.ZIP);
  static final Set<Kind> LIMITS = EnumSet.of(Kind.TAKE, Kind.TAKE_WHILE, Kind.CATCH_STOP, Kind.ZIP);

  static Plan random(Random random) {
    int count = random.nextInt(10) == 0 ? 200 + random.nextInt(400) : random.nextInt(40);
    Origin origin = Origin.values()[random.nextInt(3)];
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean bad = origin != Origin.OVER && random.nextInt(12) == 0 && i % 5 == 0;
      boolean none = origin != Origin.READ && random.nextInt(25) == 0;
      records.add(
          bad
              ? new MemorySource.Bad(new Functions.Odd("bad record " + i))
              : none ? null : (Object) (random.nextInt(60) - 10));
    }
    List<Draw> steps = new ArrayList<>();
    Kind[] kinds = Kind.values();
    int length = 1 + random.nextInt(7);
    for (int i = 0; i < length; i++) {
      steps.add(new Draw(kinds[random.nextInt(kinds.length)], random.nextLong()));
    }
    if (random.nextInt(3) > 0) {
      steps.add(new Draw(Kind.CATCH_SKIP, 3));
    }
    return new Plan(origin, records, steps);
  }

  /// A pipeline made of a plan, and what can be said about it.
  static final class Built {
    Pipeline<Object> pipeline;

    /// What each `catching` was told, by step.
    final List<List<Failure>> caught = new ArrayList<>();

    boolean unordered;
    boolean readsAhead;
    boolean limits;
    boolean junctions;
    boolean failsAtEnd;
    boolean hasBudget;
    boolean hasBatches;

    Built(Pipeline<Object> pipeline) {
      this.pipeline = pipeline;
    }
  }

  Built build() {
    Built built = new Built(source(source, records));
    boolean mayReadAhead = steps.stream().anyMatch(Plan::mayReadAhead);
    boolean mayLimit = steps.stream().anyMatch(draw -> LIMITS.contains(draw.kind));
    for (Draw draw : steps) {
      if (built.unordered && NEEDS_ORDER.contains(draw.kind)
          || draw.kind == Kind.BUDGET && mayReadAhead
          || draw.kind == Kind.CATCH_FAIL_AT_END
              && (built.failsAtEnd || mayReadAhead && mayLimit)) {
        continue;
      }
      add(built, draw);
    }
    return built;
  }

  static boolean mayReadAhead(Draw draw) {
    return switch (draw.kind) {
      case BUFFER, MERGE, FLAT_MAP_IN_TURN, ZIP -> true;
      case MAP, MAP_THAT_FAILS, MAP_WITH_RETRIES, TAP -> options(draw).concurrent();
      case BATCH, BATCH_BY -> isTimed(draw);
      default -> false;
    };
  }

  /// Whether a batch has a limit in time; one that never ends it, so that it is like others.
  private static boolean isTimed(Draw draw) {
    return (draw.seed & 1) == 0;
  }

  private static Batching timed(Batching batching, Draw draw) {
    return isTimed(draw) ? batching.within(Duration.ofHours(1)) : batching;
  }

  static CallOptions options(Draw draw) {
    Random random = new Random(draw.seed);
    int c = 1 + random.nextInt(4);
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> CallOptions.NONE;
      case 4 -> CallOptions.NONE.concurrency(c);
      case 5 -> CallOptions.NONE.concurrency(c).window(c + random.nextInt(3));
      case 6 -> CallOptions.NONE.concurrency(c).window(1 + c);
      default -> CallOptions.NONE.concurrency(c).unordered();
    };
  }

  private static Pipeline<Object> source(Origin origin, List<Object> records) {
    return switch (origin) {
      case OVER -> Pipeline.over(records);
      case ITERATE -> Pipeline.iterate(() -> reading(records.iterator()));
      case READ -> Pipeline.from(MemorySource.ofSplits(List.of(records)));
    };
  }

  private static Iterator<Object> reading(Iterator<Object> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Object next() {
        Object next = records.next();
        if (next instanceof MemorySource.Bad(Exception cause)) {
          throw new Functions.Strange(cause.getMessage());
        }
        return next;
      }
    };
  }

  static void add(Built built, Draw draw) {
    Random random = new Random(draw.seed);
    int salt = random.nextInt(1000);
    CallOptions options = options(draw);
    Pipeline<Object> p = built.pipeline;
    switch (draw.kind) {
      case MAP -> built.pipeline = p.map(r -> number(r, salt), options);
      case MAP_THAT_FAILS ->
          built.pipeline =
              p.map(
                  r -> {
                    mayFail(r, salt, 6);
                    return number(r, salt + 1);
                  },
                  options);
      case MAP_WITH_RETRIES -> {
        Retry retry = Retry.times(1 + random.nextInt(3)).every(Duration.ZERO);
        retry =
            random.nextBoolean()
                ? retry
                : retry.on(Functions.Flaky.class, IllegalStateException.class);
        built.pipeline =
            p.map(flaky(salt, 1 + random.nextInt(retry.times())), options.retry(retry));
      }
      case TAP -> built.pipeline = p.tap(r -> mayFail(r, salt, 8), options);
      case FILTER ->
          built.pipeline =
              p.filter(r -> {
                mayFail(r, salt, 15);
                return !chance(r, salt + 2, 3);
              });
      case FLAT_MAP -> {
        boolean failing = random.nextBoolean();
        built.pipeline = p.flatMap(r -> children(r, salt, failing));
      }
      case FLAT_MAP_IN_TURN -> {
        boolean failing = random.nextBoolean();
        built.pipeline =
            p.flatMap(
                r -> children(r, salt, failing),
                CallOptions.NONE.concurrency(2 + random.nextInt(3)));
        built.readsAhead = true;
      }
      case BATCH -> {
        Batching batching = Batching.upTo(1 + random.nextInt(5));
        built.pipeline = p.batch(timed(batching, draw)).map(l -> (Object) l);
        built.readsAhead |= isTimed(draw);
      }
      case BATCH_BY -> {
        Batching batching =
            Batching.upTo(1 + random.nextInt(4))
                .keys(1 + random.nextInt(4))
                .waiting(1 + random.nextInt(8));
        built.readsAhead |= isTimed(draw);
        built.pipeline =
            p.batchBy(
                    r -> {
                      mayFail(r, salt, 20);
                      return mix(r, salt + 2) % 4;
                    },
                    timed(batching, draw))
                .map(k -> (Object) k);
      }
      case WINDOW -> {
        int size = 1 + random.nextInt(5);
        built.pipeline = p.window(size, 1 + random.nextInt(size)).map(l -> (Object) l);
      }
      case TAKE -> built.pipeline = p.take(random.nextInt(30));
      case SKIP -> built.pipeline = p.skip(random.nextInt(10));
      case TAKE_WHILE ->
          built.pipeline =
              p.takeWhile(r -> {
                mayFail(r, salt, 15);
                return !chance(r, salt + 2, 20);
              });
      case DROP_WHILE ->
          built.pipeline =
              p.dropWhile(r -> {
                mayFail(r, salt, 10);
                return !chance(r, salt + 2, 4);
              });
      case DISTINCT -> built.pipeline = p.distinct(key(salt), 1 + random.nextInt(6));
      case DISTINCT_CONSECUTIVE -> built.pipeline = p.distinctConsecutive(key(salt));
      case ZIP_WITH_INDEX -> built.pipeline = p.zipWithIndex().map(i -> (Object) i);
      case SCAN ->
          built.pipeline =
              p.scan(
                  (Object) 0,
                  (sum, r) -> {
                    mayFail(r, salt, 15);
                    return mix(sum, mix(r, salt) % 1000) % 500;
                  });
      case OBSERVE -> built.pipeline = p.observe("seen", Observation.every(7).to(o -> {}));
      case BUFFER -> {
        built.pipeline = p.buffer(1 + random.nextInt(8));
        built.readsAhead = true;
      }
      case THROTTLE ->
          built.pipeline =
              p.throttle(Rate.of(1_000_000_000, Duration.ofMillis(1)).burst(1_000_000_000));
      case CATCH_SKIP -> built.pipeline = catching(built, random).skip();
      case CATCH_REPLACE ->
          built.pipeline =
              catching(built, random)
                  .replaceWith(f -> {
                    mayFail(f.record(), salt, 6);
                    return number(f.record(), salt + 2);
                  });
      case CATCH_STOP -> built.pipeline = catching(built, random).stop();
      case CATCH_FAIL_AT_END -> {
        built.pipeline = catching(built, random).failAtEnd();
        built.failsAtEnd = true;
      }
      case BUDGET ->
          built.pipeline =
              random.nextBoolean()
                  ? p.errorBudget(random.nextInt(6))
                  : p.errorBudget(random.nextInt(4) / 10.0, 1 + random.nextInt(10));
      case ZIP -> {
        built.pipeline =
            p.zip(
                other(random, salt),
                (a, b) -> {
                  mayFail(a, salt, 12);
                  return Arrays.asList(a, b);
                });
        built.junctions = true;
        built.readsAhead = true;
      }
      case CONCAT -> {
        built.pipeline = p.concat(other(random, salt));
        built.junctions = true;
      }
      case MERGE -> {
        built.pipeline = p.merge(other(random, salt));
        built.junctions = true;
        built.unordered = true;
        built.readsAhead = true;
      }
    }
    switch (draw.kind) {
      case MAP, MAP_THAT_FAILS, MAP_WITH_RETRIES, TAP -> {
        built.readsAhead |= options.concurrent();
        built.unordered |= !options.ordered();
      }
      default -> {}
    }
    built.limits |= LIMITS.contains(draw.kind);
    built.hasBudget |= draw.kind == Kind.BUDGET;
    built.hasBatches |= draw.kind == Kind.BATCH || draw.kind == Kind.BATCH_BY;
  }

  private static dev.penstock.pipeline.plan.Fn<Object, Object> key(int salt) {
    return r -> {
      mayFail(r, salt, 20);
      return mix(r, salt + 2) % 5;
    };
  }

  private static Pipeline<Object> other(Random random, int salt) {
    List<Object> records = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      records.add(random.nextInt(50));
    }
    Pipeline<Object> other = source(Origin.values()[random.nextInt(3)], records);
    return random.nextBoolean()
        ? other
        : other.map(r -> {
          mayFail(r, salt + 5, 8);
          return number(r, salt + 7);
        });
  }

  @SuppressWarnings("unchecked")
  private static Catching<Object> catching(Built built, Random random) {
    List<Failure> told = java.util.Collections.synchronizedList(new ArrayList<>());
    built.caught.add(told);
    Catching<Object> catching =
        switch (random.nextInt(4)) {
          case 0 -> built.pipeline.catching(Functions.Odd.class, IllegalStateException.class);
          case 1 -> built.pipeline.catching(RuntimeException.class);
          default -> built.pipeline.catching(Exception.class);
        };
    if (random.nextInt(4) == 0) {
      catching =
          catching.when(f -> {
            mayFail(f.record(), 77, 12);
            return mix(f.record(), 78) % 3 > 0;
          });
    }
    return catching.onFailure(told::add);
  }
}
