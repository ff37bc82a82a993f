package dev.penstock.pipeline.plan;

import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One operation of a pipeline together with all that is above it: data, never behaviour. Two plans
/// are equal when they hold equal operations with equal settings over equal origins; functions are
/// equal when they are the same object.
///
/// Functions are held without their types ([Fn] of `Object`): the typed surface is `Pipeline`.
public sealed interface Step extends Serializable {

  /// The steps whose records this one takes, first the one on the left; empty for an origin.
  List<Step> upstreams();

  /// Where records begin.
  sealed interface Origin extends Step {
    @Override
    default List<Step> upstreams() {
      return List.of();
    }
  }

  /// A step over one upstream.
  sealed interface Link extends Step {
    Step upstream();

    @Override
    default List<Step> upstreams() {
      return List.of(upstream());
    }
  }

  /// A step over several upstreams.
  sealed interface Junction extends Step {}

  // Origins

  /// A connector's source.
  record Read(Source<?> source) implements Origin {}

  /// An iterable, read anew by each run.
  record Over(Iterable<?> items) implements Origin {}

  /// An iterator made by each run.
  record Iterate(Supply<? extends Iterator<?>> iterators) implements Origin {}

  /// A value made by each call, without end.
  record Generate(Supply<?> supply) implements Origin {}

  /// A `java.util.stream.Stream` made by each run, and closed by it.
  record Streams(Supply<? extends Stream<?>> streams) implements Origin {}

  /// The lines of a text file.
  record Lines(Path file, Charset charset) implements Origin {}

  /// What others put into a queue, until nothing has come for `idle`; null waits for ever.
  record Poll(BlockingQueue<?> queue, @Nullable Duration idle) implements Origin {}

  // Links

  record Map(Step upstream, Fn<@Nullable Object, @Nullable Object> fn, CallOptions options)
      implements Link {}

  record Tap(Step upstream, Action<@Nullable Object> action, CallOptions options) implements Link {}

  record FlatMap(Step upstream, Fn<@Nullable Object, Iterable<?>> fn, CallOptions options)
      implements Link {}

  record Filter(Step upstream, Check<@Nullable Object> keep) implements Link {}

  /// Lists of records, or [Keyed] lists where there is a key.
  record Batch(
      Step upstream, @Nullable Fn<@Nullable Object, @Nullable Object> key, Batching batching)
      implements Link {}

  record Throttle(Step upstream, Limiter limiter) implements Link {}

  /// Reads up to `size` records ahead on a thread of its own.
  record Buffer(Step upstream, int size) implements Link {
    public Buffer {
      if (size < 1) {
        throw new IllegalArgumentException("buffer size must be at least 1, was " + size);
      }
    }
  }

  record Take(Step upstream, long count) implements Link {
    public Take {
      requireCount("take", count);
    }
  }

  record Skip(Step upstream, long count) implements Link {
    public Skip {
      requireCount("skip", count);
    }
  }

  record TakeWhile(Step upstream, Check<@Nullable Object> check) implements Link {}

  record DropWhile(Step upstream, Check<@Nullable Object> check) implements Link {}

  /// Drops records whose key is among the last `remembered` different ones.
  record Distinct(Step upstream, Fn<@Nullable Object, @Nullable Object> key, int remembered)
      implements Link {
    public Distinct {
      if (remembered < 1) {
        throw new IllegalArgumentException(
            "distinct must remember at least 1 record, was " + remembered);
      }
    }
  }

  /// Drops records whose key equals that of the record before.
  record DistinctConsecutive(Step upstream, Fn<@Nullable Object, @Nullable Object> key)
      implements Link {}

  record ZipWithIndex(Step upstream) implements Link {}

  /// Each intermediate result of folding the records.
  record Scan(
      Step upstream,
      @Nullable Object initial,
      Fn2<@Nullable Object, @Nullable Object, @Nullable Object> fn)
      implements Link {}

  /// Lists of `size` records, each beginning `every` records after the one before.
  record Window(Step upstream, int size, int every) implements Link {
    public Window {
      if (size < 1) {
        throw new IllegalArgumentException("window size must be at least 1, was " + size);
      }
      if (every < 1 || every > size) {
        throw new IllegalArgumentException(
            "a window of " + size + " must move by 1 to " + size + " records, was " + every);
      }
    }
  }

  record Observe(Step upstream, String subject, Observation observation) implements Link {}

  record Catching(Step upstream, Catch settings) implements Link {}

  /// Ends the run when more failures pass than `budget` allows.
  record ErrorBudget(Step upstream, Budget budget) implements Link {}

  /// The end of a pipeline that writes.
  record To(Step upstream, Sink<?> sink, @Nullable Sink<DeadLetter> rejected) implements Link {}

  // Junctions

  /// Pairs of the records of two upstreams, until one ends.
  record Zip(Step left, Step right, Fn2<@Nullable Object, @Nullable Object, @Nullable Object> fn)
      implements Junction {
    @Override
    public List<Step> upstreams() {
      return List.of(left, right);
    }
  }

  /// One upstream after the other.
  record Concat(List<Step> upstreams) implements Junction {
    public Concat {
      upstreams = List.copyOf(upstreams);
    }
  }

  /// All upstreams at once, records as they come; each keeps its own order.
  record Merge(List<Step> upstreams) implements Junction {
    public Merge {
      upstreams = List.copyOf(upstreams);
    }
  }

  private static void requireCount(String step, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(step + " count must be at least 0, was " + count);
    }
  }
}
