package dev.penstock.pipeline;

import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.engine.LocalEngine;
import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.Budget;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Fn2;
import dev.penstock.pipeline.plan.Indexed;
import dev.penstock.pipeline.plan.Keyed;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.LongRange;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.plan.Supply;
import dev.penstock.pipeline.plan.Within;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collector;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An immutable, lazy description of where records come from and what is done with them. Nothing
/// happens before an end is called: [#run], [#forEach], [#to], [#toList], [#count], [#reduce],
/// [#collect], [#iterator] or [#stream]; each of them reads the source anew. A value: pipelines
/// with equal steps are equal, and any thread may use one.
///
/// A failure of a step travels on in the record's place, in order, to the nearest [#catching];
/// without one the run ends with the exception that was thrown, as it is.
///
/// @param <T> the type of the records that come out
public final class Pipeline<T extends @Nullable Object> {
  private final Step step;

  Pipeline(Step step) {
    this.step = step;
  }

  // Sources

  /// The records of a connector's source.
  public static <T> Pipeline<T> from(Source<T> source) {
    return new Pipeline<>(new Step.Read(Objects.requireNonNull(source, "source")));
  }

  /// These records.
  @SafeVarargs
  public static <T extends @Nullable Object> Pipeline<T> of(T... records) {
    return new Pipeline<>(new Step.Over(Arrays.asList(records.clone())));
  }

  /// The elements of an iterable, of a new iterator in each run.
  public static <T extends @Nullable Object> Pipeline<T> over(Iterable<T> items) {
    if (items == null) {
      throw new IllegalArgumentException("over needs items to read, was given null");
    }
    if (items instanceof Path) {
      throw new IllegalArgumentException(
          "over(Path) would give the names of the path "
              + items
              + ", not the file: use lines(path) or a connector's source");
    }
    return new Pipeline<>(new Step.Over(items));
  }

  /// The whole numbers from `from` up to, but without, `to`.
  public static Pipeline<Long> range(long from, long to) {
    return new Pipeline<>(new Step.Over(new LongRange(from, to)));
  }

  /// What an iterator gives; each run asks for a new one, and closes it when it is `AutoCloseable`.
  public static <T extends @Nullable Object> Pipeline<T> iterate(
      Supply<? extends Iterator<T>> iterators) {
    return new Pipeline<>(new Step.Iterate(Objects.requireNonNull(iterators, "iterators")));
  }

  /// The result of each call, without end; a pipeline over it ends by `take`, `takeWhile` or
  /// `catching(…).stop()`.
  public static <T extends @Nullable Object> Pipeline<T> generate(Supply<? extends T> supply) {
    return new Pipeline<>(new Step.Generate(Objects.requireNonNull(supply, "supply")));
  }

  /// The elements of a `java.util.stream.Stream`; each run asks for a new one and closes it.
  public static <T extends @Nullable Object> Pipeline<T> streams(
      Supply<? extends Stream<T>> streams) {
    return new Pipeline<>(new Step.Streams(Objects.requireNonNull(streams, "streams")));
  }

  /// The lines of a UTF-8 text file.
  public static Pipeline<String> lines(Path file) {
    return lines(file, StandardCharsets.UTF_8);
  }

  /// The lines of a text file.
  public static Pipeline<String> lines(Path file, Charset charset) {
    return new Pipeline<>(new Step.Lines(file, charset));
  }

  /// What others put into a queue, without end.
  public static <T> Pipeline<T> queue(BlockingQueue<T> queue) {
    return new Pipeline<>(new Step.Poll(queue, null));
  }

  /// What others put into a queue, until nothing has come for `idle`.
  public static <T> Pipeline<T> queue(BlockingQueue<T> queue, Duration idle) {
    if (idle.isNegative()) {
      throw new IllegalArgumentException("idle must not be negative, was " + idle);
    }
    return new Pipeline<>(new Step.Poll(queue, idle));
  }

  // Steps that call a function

  /// Each record turned into another.
  public <R extends @Nullable Object> Pipeline<R> map(Fn<? super T, ? extends R> fn) {
    return map(fn, CallOptions.NONE);
  }

  /// Each record turned into another, with concurrency, retries, a timeout or a rate.
  public <R extends @Nullable Object> Pipeline<R> map(
      Fn<? super T, ? extends R> fn, CallOptions options) {
    return new Pipeline<>(new Step.Map(step, erased(fn), options));
  }

  /// Something done with each record, which then goes on unchanged; when it throws, the record has
  /// failed.
  public Pipeline<T> tap(Action<? super T> action) {
    return tap(action, CallOptions.NONE);
  }

  /// Something done with each record, with concurrency, retries, a timeout or a rate.
  @SuppressWarnings("unchecked")
  public Pipeline<T> tap(Action<? super T> action, CallOptions options) {
    Objects.requireNonNull(action, "action");
    return new Pipeline<>(
        new Step.Tap(step, (Action<@Nullable Object>) (Action<?>) action, options));
  }

  /// The elements of an iterable made from each record: `flatMap(x -> x)` takes batches apart.
  public <R extends @Nullable Object> Pipeline<R> flatMap(
      Fn<? super T, ? extends Iterable<? extends R>> fn) {
    return flatMap(fn, CallOptions.NONE);
  }

  /// With a concurrency, so many iterables are read at once and their elements taken in turn, first
  /// come first served; `unordered()` takes whichever is ready.
  public <R extends @Nullable Object> Pipeline<R> flatMap(
      Fn<? super T, ? extends Iterable<? extends R>> fn, CallOptions options) {
    return new Pipeline<>(new Step.FlatMap(step, iterables(fn), options));
  }

  /// The records that meet the condition.
  public Pipeline<T> filter(Check<? super T> keep) {
    return new Pipeline<>(new Step.Filter(step, erased(keep)));
  }

  // Batches and windows

  /// Lists of so many records; the last may be shorter. A failure closes the list before it.
  public Pipeline<List<T>> batch(int size) {
    return batch(Batching.upTo(size));
  }

  /// Lists of the records of such a time.
  public Pipeline<List<T>> batch(Within within) {
    return batch(Batching.upTo(Integer.MAX_VALUE).within(within.duration()));
  }

  /// Lists of so many records, or of fewer when the time has passed since the first of them.
  public Pipeline<List<T>> batch(int size, Within within) {
    return batch(Batching.upTo(size).within(within.duration()));
  }

  /// Lists of records.
  public Pipeline<List<T>> batch(Batching batching) {
    return new Pipeline<>(new Step.Batch(step, null, batching));
  }

  /// Lists of records with the same key. How many keys and records may be open at once is bounded
  /// by `batching`.
  public <K extends @Nullable Object> Pipeline<Keyed<K, T>> batchBy(
      Fn<? super T, ? extends K> key, Batching batching) {
    return new Pipeline<>(new Step.Batch(step, erased(key), batching));
  }

  /// Lists of `size` records, each beginning where the one before ends; the last may be shorter.
  public Pipeline<List<T>> window(int size) {
    return window(size, size);
  }

  /// Lists of `size` records, each beginning `every` records after the one before. Only full lists
  /// come out of a sliding window, but for a source that has fewer than `size` records in all.
  public Pipeline<List<T>> window(int size, int every) {
    return new Pipeline<>(new Step.Window(step, size, every));
  }

  /// Each intermediate result of folding the records into `initial`.
  @SuppressWarnings("unchecked")
  public <R extends @Nullable Object> Pipeline<R> scan(
      R initial, Fn2<? super R, ? super T, ? extends R> fn) {
    Objects.requireNonNull(fn, "fn");
    return new Pipeline<>(
        new Step.Scan(
            step,
            initial,
            (Fn2<@Nullable Object, @Nullable Object, @Nullable Object>) (Fn2<?, ?, ?>) fn));
  }

  // Pace

  /// Lets records and failures through at no more than this rate.
  public Pipeline<T> throttle(Rate rate) {
    return throttle(Limiter.of(rate));
  }

  /// Lets records and failures through at no more than a rate that others may share.
  public Pipeline<T> throttle(Limiter limiter) {
    return new Pipeline<>(new Step.Throttle(step, limiter));
  }

  /// Reads up to so many records ahead on a thread of its own.
  public Pipeline<T> buffer(int size) {
    return new Pipeline<>(new Step.Buffer(step, size));
  }

  // Which records

  /// The first `count` records; the source is not asked for more.
  public Pipeline<T> take(long count) {
    return new Pipeline<>(new Step.Take(step, count));
  }

  /// All but the first `count` records.
  public Pipeline<T> skip(long count) {
    return new Pipeline<>(new Step.Skip(step, count));
  }

  /// The records before the first that does not meet the condition.
  public Pipeline<T> takeWhile(Check<? super T> check) {
    return new Pipeline<>(new Step.TakeWhile(step, erased(check)));
  }

  /// The records from the first that does not meet the condition on.
  public Pipeline<T> dropWhile(Check<? super T> check) {
    return new Pipeline<>(new Step.DropWhile(step, erased(check)));
  }

  /// Drops records that equal one of the last `remembered` different ones.
  public Pipeline<T> distinct(int remembered) {
    return distinct(record -> record, remembered);
  }

  /// Drops records whose key is among the last `remembered` different ones.
  public Pipeline<T> distinct(Fn<? super T, ?> key, int remembered) {
    return new Pipeline<>(new Step.Distinct(step, erased(key), remembered));
  }

  /// Drops records that equal the one before.
  public Pipeline<T> distinctConsecutive() {
    return distinctConsecutive(record -> record);
  }

  /// Drops records whose key equals that of the one before.
  public Pipeline<T> distinctConsecutive(Fn<? super T, ?> key) {
    return new Pipeline<>(new Step.DistinctConsecutive(step, erased(key)));
  }

  // Several pipelines

  /// Each record with its place, counted from 0.
  public Pipeline<Indexed<T>> zipWithIndex() {
    return new Pipeline<>(new Step.ZipWithIndex(step));
  }

  /// One record of each, joined by `fn`, until one of the two ends.
  @SuppressWarnings("unchecked")
  public <U extends @Nullable Object, R extends @Nullable Object> Pipeline<R> zip(
      Pipeline<U> other, Fn2<? super T, ? super U, ? extends R> fn) {
    Objects.requireNonNull(fn, "fn");
    return new Pipeline<>(
        new Step.Zip(
            step,
            other.step,
            (Fn2<@Nullable Object, @Nullable Object, @Nullable Object>) (Fn2<?, ?, ?>) fn));
  }

  /// These records, then those of the others.
  @SafeVarargs
  public final Pipeline<T> concat(Pipeline<? extends T>... others) {
    return new Pipeline<>(new Step.Concat(withThis(others)));
  }

  /// The records of all, as they come; each pipeline is read on a thread of its own and keeps its
  /// order.
  @SafeVarargs
  public final Pipeline<T> merge(Pipeline<? extends T>... others) {
    return new Pipeline<>(new Step.Merge(withThis(others)));
  }

  /// The pipeline that a function makes of this one, for steps of your own.
  public <R extends @Nullable Object> Pipeline<R> pipe(
      java.util.function.Function<? super Pipeline<T>, Pipeline<R>> steps) {
    return steps.apply(this);
  }

  // Failures and figures

  /// Takes failures of these types from the steps above; what becomes of them is said next.
  @SafeVarargs
  public final Catching<T> catching(Class<? extends Exception>... types) {
    return new Catching<>(step, List.of(types));
  }

  /// Ends the run when more than so many failures pass; stands above the `catching` that takes
  /// them.
  public Pipeline<T> errorBudget(long failures) {
    return new Pipeline<>(new Step.ErrorBudget(step, Budget.count(failures)));
  }

  /// Ends the run when failures are more than this share, from 0 to 1, once at least `atLeast`
  /// records and failures have passed.
  public Pipeline<T> errorBudget(double ratio, long atLeast) {
    return new Pipeline<>(new Step.ErrorBudget(step, Budget.ratio(ratio, atLeast)));
  }

  /// Reports how many records and failures pass, in the log at powers of two and at the end, and
  /// live to whoever watches the run.
  public Pipeline<T> observe(String subject) {
    return observe(subject, Observation.DEFAULT);
  }

  /// Reports at another rhythm or to another place.
  public Pipeline<T> observe(String subject, Observation observation) {
    return new Pipeline<>(
        new Step.Observe(step, Objects.requireNonNull(subject, "subject"), observation));
  }

  // Ends

  /// Writes the records to a sink when it is run.
  public RunnablePipeline to(Sink<? super T> sink) {
    return new RunnablePipeline(new Step.To(step, Objects.requireNonNull(sink, "sink"), null));
  }

  /// Runs to the end of the source, for what the steps do.
  ///
  /// @throws Exception the very exception of user code that nothing caught, whatever its type
  public Summary run() {
    return run(RunOptions.DEFAULT);
  }

  /// Runs with these options.
  public Summary run(RunOptions options) {
    return LocalEngine.run(step, null, "", null, options);
  }

  /// Does something with each record.
  public Summary forEach(Action<? super T> action) {
    return each(action);
  }

  /// All records, in memory.
  public List<T> toList() {
    List<T> all = new ArrayList<>();
    each(all::add);
    return all;
  }

  /// How many records there are.
  public long count() {
    return run().out();
  }

  /// The records folded into one value.
  public <R extends @Nullable Object> R reduce(
      R initial, Fn2<? super R, ? super T, ? extends R> fn) {
    List<R> result = new ArrayList<>(List.of());
    result.add(initial);
    each(record -> result.set(0, fn.apply(result.get(0), record)));
    return result.get(0);
  }

  /// The records collected by a collector of `java.util.stream`.
  public <A extends @Nullable Object, R extends @Nullable Object> R collect(
      Collector<? super T, A, R> collector) {
    A container = collector.supplier().get();
    var accumulator = collector.accumulator();
    each(record -> accumulator.accept(container, record));
    return collector.finisher().apply(container);
  }

  /// The first record, if there is one; the rest is not read.
  public Optional<T> first() {
    List<T> first = take(1).toList();
    return first.isEmpty() ? Optional.empty() : Optional.ofNullable(first.getFirst());
  }

  /// An iterator over the records; nothing is read before its first pull. To be closed.
  public RecordIterator<T> iterator() {
    return iterator(RunOptions.DEFAULT);
  }

  /// An iterator over the records under these options.
  public RecordIterator<T> iterator(RunOptions options) {
    return LocalEngine.iterator(step, options);
  }

  /// A sequential stream over the records. To be closed.
  public Stream<T> stream() {
    RecordIterator<T> records = iterator();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(records, Spliterator.ORDERED), false)
        .onClose(records::close);
  }

  /// The plan as data, for whoever runs, explains or ships it.
  public Step plan() {
    return step;
  }

  /// The plan as text, with the names and settings of its steps, and warnings of what their
  /// functions have captured that would be copied if the plan was shipped to another process.
  public String explain() {
    return Explain.withWarnings(step);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Pipeline<?> other && step.equals(other.step);
  }

  @Override
  public int hashCode() {
    return step.hashCode();
  }

  @Override
  public String toString() {
    return Explain.plan(step);
  }

  @SuppressWarnings("unchecked")
  private Summary each(Action<? super T> action) {
    Objects.requireNonNull(action, "action");
    return LocalEngine.run(
        step, (Action<@Nullable Object>) (Action<?>) action, "", null, RunOptions.DEFAULT);
  }

  private List<Step> withThis(Pipeline<? extends T>[] others) {
    List<Step> all = new ArrayList<>();
    all.add(step);
    for (Pipeline<? extends T> other : others) {
      all.add(other.step);
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Fn<@Nullable Object, @Nullable Object> erased(Fn<?, ?> fn) {
    return (Fn<@Nullable Object, @Nullable Object>) Objects.requireNonNull(fn, "fn");
  }

  @SuppressWarnings("unchecked")
  private static Fn<@Nullable Object, Iterable<?>> iterables(Fn<?, ?> fn) {
    return (Fn<@Nullable Object, Iterable<?>>) Objects.requireNonNull(fn, "fn");
  }

  @SuppressWarnings("unchecked")
  private static Check<@Nullable Object> erased(Check<?> check) {
    return (Check<@Nullable Object>) Objects.requireNonNull(check, "check");
  }
}
