package dev.penstock.flow;

import dev.penstock.flow.TaskFunctions.Call0;
import dev.penstock.flow.TaskFunctions.Call1;
import dev.penstock.flow.TaskFunctions.Call2;
import dev.penstock.flow.TaskFunctions.Call3;
import dev.penstock.flow.TaskFunctions.Call4;
import dev.penstock.flow.TaskFunctions.Call5;
import dev.penstock.flow.TaskFunctions.Run0;
import dev.penstock.flow.TaskFunctions.Run1;
import dev.penstock.flow.TaskFunctions.Run2;
import dev.penstock.flow.TaskFunctions.Run3;
import dev.penstock.flow.TaskFunctions.Run4;
import dev.penstock.flow.TaskFunctions.Run5;
import dev.penstock.flow.engine.CachePolicy;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.FlowHook;
import dev.penstock.flow.engine.Submitted;
import dev.penstock.flow.engine.TaskSettings;
import dev.penstock.flow.engine.TaskWork;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A named piece of work inside a flow: recorded, tried again when it fails, not done again when it
/// was done before. Settings first, then one call of `call`, `run`, `submit`, `map` or `pipeline`:
///
/// ```java
/// Path file = task("extract").retries(3).cacheFor(Duration.ofDays(1)).call(this::extract, month);
/// ```
///
/// Inputs are arguments, so that they can be recorded, and compared for a cache. A value, unchanged
/// by its settings.
public final class Task {
  private final TaskSettings settings;
  private final @Nullable Cache cache;
  private final @Nullable Undo<?> undo;
  private final List<Submitted<?>> after;
  private final boolean atOnce;

  Task(String name) {
    this(TaskSettings.named(name), null, null, List.of(), false);
  }

  private Task(
      TaskSettings settings,
      @Nullable Cache cache,
      @Nullable Undo<?> undo,
      List<Submitted<?>> after,
      boolean atOnce) {
    this.settings = settings;
    this.cache = cache;
    this.undo = undo;
    this.after = after;
    this.atOnce = atOnce;
  }

  /// Takes back what a task did.
  ///
  /// @param <R> the result of the task
  @FunctionalInterface
  public interface Undo<R extends @Nullable Object> {
    void undo(R result) throws Exception;
  }

  /// Tried again so many times, after 100 ms, 200 ms, 400 ms …
  public Task retries(int times) {
    return retry(Retry.times(times));
  }

  /// Tried again as this says.
  public Task retry(Retry retry) {
    return new Task(settings.retry(retry), cache, undo, after, atOnce);
  }

  /// Interrupted when one try takes longer.
  public Task timeout(Duration timeout) {
    return new Task(settings.timeout(timeout), cache, undo, after, atOnce);
  }

  /// What limits on concurrency may refer to.
  public Task tags(String... tags) {
    return new Task(settings.tags(List.of(tags)), cache, undo, after, atOnce);
  }

  /// Takes a slot of each of these global limits while it runs, and waits until it has them.
  public Task limit(String... names) {
    List<SlotDemand> wanted =
        Arrays.stream(names).map(LimitKey::global).map(SlotDemand::of).toList();
    return new Task(settings.named(wanted), cache, undo, after, atOnce);
  }

  /// Takes so many slots of this global limit while it runs, besides those said before.
  public Task limit(String name, int slots) {
    List<SlotDemand> wanted = new ArrayList<>(settings.named());
    wanted.add(new SlotDemand(LimitKey.global(name), slots));
    return new Task(settings.named(wanted), cache, undo, after, atOnce);
  }

  /// Not done when it was done with the same inputs and the same code in this time.
  public Task cacheFor(Duration time) {
    return cache(Cache.byInputs().expires(time));
  }

  /// Not done when an earlier result will do.
  public Task cache(Cache cache) {
    CachePolicy policy = new CachePolicy(cache.expires(), cache.anew());
    return new Task(settings.cache(policy), cache, undo, after, atOnce);
  }

  /// Told when it has failed for good.
  public Task onFailure(FlowHook hook) {
    return onCompletion((run, state, failure) -> {
      if (failure != null) {
        hook.over(run, state, failure);
      }
    });
  }

  /// Told when it is over, however it ended.
  public Task onCompletion(FlowHook hook) {
    return new Task(settings.hook(hook), cache, undo, after, atOnce);
  }

  /// Taken back by `undo`, given its result, when the `transaction` around it fails.
  public <R extends @Nullable Object> Task onRollback(Undo<R> undo) {
    return new Task(settings, cache, undo, after, atOnce);
  }

  /// Submitted, it begins when these are over; it is not done when one of them failed, unless that
  /// is allowed to.
  public Task after(Submitted<?>... others) {
    return new Task(settings, cache, undo, List.of(others), atOnce);
  }

  /// Calls a function on this thread, and returns what it returns; throws what it throws, whatever
  /// its type.
  public <R extends @Nullable Object> R call(Call0<R> fn) {
    return Calls.task(settings, work(fn, () -> fn.call()));
  }

  /// Calls a function of one input.
  public <A extends @Nullable Object, R extends @Nullable Object> R call(Call1<A, R> fn, A a) {
    return Calls.task(settings, work(fn, () -> fn.call(a), a));
  }

  /// Calls a function of two inputs.
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      R call(Call2<A, B, R> fn, A a, B b) {
    return Calls.task(settings, work(fn, () -> fn.call(a, b), a, b));
  }

  /// Calls a function of three inputs.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      R call(Call3<A, B, C, R> fn, A a, B b, C c) {
    return Calls.task(settings, work(fn, () -> fn.call(a, b, c), a, b, c));
  }

  /// Calls a function of four inputs.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      R call(Call4<A, B, C, D, R> fn, A a, B b, C c, D d) {
    return Calls.task(settings, work(fn, () -> fn.call(a, b, c, d), a, b, c, d));
  }

  /// Calls a function of five inputs.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      R call(Call5<A, B, C, D, E, R> fn, A a, B b, C c, D d, E e) {
    return Calls.task(settings, work(fn, () -> fn.call(a, b, c, d, e), a, b, c, d, e));
  }

  /// Calls a function that returns nothing.
  public void run(Run0 fn) {
    Calls.task(settings, nothing(fn, () -> fn.run()));
  }

  /// Calls a function of one input that returns nothing.
  public <A extends @Nullable Object> void run(Run1<A> fn, A a) {
    Calls.task(settings, nothing(fn, () -> fn.run(a), a));
  }

  /// Calls a function of two inputs that returns nothing.
  public <A extends @Nullable Object, B extends @Nullable Object> void run(
      Run2<A, B> fn, A a, B b) {
    Calls.task(settings, nothing(fn, () -> fn.run(a, b), a, b));
  }

  /// Calls a function of three inputs that returns nothing.
  public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      void run(Run3<A, B, C> fn, A a, B b, C c) {
    Calls.task(settings, nothing(fn, () -> fn.run(a, b, c), a, b, c));
  }

  /// Calls a function of four inputs that returns nothing.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      void run(Run4<A, B, C, D> fn, A a, B b, C c, D d) {
    Calls.task(settings, nothing(fn, () -> fn.run(a, b, c, d), a, b, c, d));
  }

  /// Calls a function of five inputs that returns nothing.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      void run(Run5<A, B, C, D, E> fn, A a, B b, C c, D d, E e) {
    Calls.task(settings, nothing(fn, () -> fn.run(a, b, c, d, e), a, b, c, d, e));
  }

  /// Calls a function on another thread, at once.
  public <R extends @Nullable Object> Submitted<R> submit(Call0<R> fn) {
    return Calls.here().submit(settings, after, work(fn, () -> fn.call()));
  }

  /// Calls a function of one input on another thread.
  public <A extends @Nullable Object, R extends @Nullable Object> Submitted<R> submit(
      Call1<A, R> fn, A a) {
    return Calls.here().submit(settings, after, work(fn, () -> fn.call(a), a));
  }

  /// Calls a function of two inputs on another thread.
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Submitted<R> submit(Call2<A, B, R> fn, A a, B b) {
    return Calls.here().submit(settings, after, work(fn, () -> fn.call(a, b), a, b));
  }

  /// Calls a function of three inputs on another thread.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      Submitted<R> submit(Call3<A, B, C, R> fn, A a, B b, C c) {
    return Calls.here().submit(settings, after, work(fn, () -> fn.call(a, b, c), a, b, c));
  }

  /// Calls a function of four inputs on another thread.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      Submitted<R> submit(Call4<A, B, C, D, R> fn, A a, B b, C c, D d) {
    return Calls.here().submit(settings, after, work(fn, () -> fn.call(a, b, c, d), a, b, c, d));
  }

  /// Calls a function of five inputs on another thread.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      Submitted<R> submit(Call5<A, B, C, D, E, R> fn, A a, B b, C c, D d, E e) {
    return Calls.here()
        .submit(settings, after, work(fn, () -> fn.call(a, b, c, d, e), a, b, c, d, e));
  }

  /// Calls a function for each input, at most `concurrency` at once, each a task run of its own.
  /// Goes on after failures, then fails with the first.
  ///
  /// @return the results, in the order of the inputs
  public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<A> inputs, int concurrency, Call1<A, R> fn) {
    Stream<TaskWork<R>> works = inputs.stream().map(input -> work(fn, () -> fn.call(input), input));
    return Calls.here()
        .map(settings, works.iterator(), Math.min(concurrency, Math.max(1, inputs.size())));
  }

  /// A pipeline that is all or nothing: it commits once, at its end, and begins again when its
  /// process is lost.
  public Task atOnce() {
    return new Task(settings, cache, undo, after, true);
  }

  /// Runs a pipeline; its figures are those of the task run. Into a database it commits in units:
  /// when the process is lost, or the task is tried again, it goes on after the last one, unless it
  /// is to be [#atOnce] or cannot.
  public Summary pipeline(RunnablePipeline pipeline) {
    return Calls.task(settings, new PipelineWork(pipeline, atOnce));
  }

  private <R extends @Nullable Object> TaskWork<R> work(
      java.io.Serializable fn, java.util.concurrent.Callable<R> body, @Nullable Object... inputs) {
    return FunctionWork.of(settings.name(), fn, body, cache, undo, inputs);
  }

  private TaskWork<@Nullable Void> nothing(
      java.io.Serializable fn, Step body, @Nullable Object... inputs) {
    return work(
        fn,
        () -> {
          body.run();
          return null;
        },
        inputs);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }
}
