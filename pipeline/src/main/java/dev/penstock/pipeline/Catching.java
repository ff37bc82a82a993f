package dev.penstock.pipeline;

import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `catching` step that still has to be told what becomes of the failures it takes: it ends with
/// [#skip], [#replaceWith], [#stop], [#deadLetter] or [#failAtEnd].
public final class Catching<T extends @Nullable Object> {
  private final Step upstream;
  private final Catch settings;

  Catching(Step upstream, List<Class<? extends Exception>> types) {
    this(upstream, new Catch(types, null, null, new Catch.Skip()));
  }

  private Catching(Step upstream, Catch settings) {
    this.upstream = upstream;
    this.settings = settings;
  }

  /// Takes only failures that meet this condition as well.
  public Catching<T> when(Check<Failure> condition) {
    return new Catching<>(
        upstream, new Catch(settings.types(), condition, settings.onFailure(), settings.outcome()));
  }

  /// Does this with each failure taken, before its outcome.
  public Catching<T> onFailure(Action<Failure> action) {
    return new Catching<>(
        upstream, new Catch(settings.types(), settings.when(), action, settings.outcome()));
  }

  /// Drops the record and goes on.
  public Pipeline<T> skip() {
    return finish(new Catch.Skip());
  }

  /// Puts another record in its place. When `replacement` throws, that is the new failure.
  @SuppressWarnings("unchecked")
  public Pipeline<T> replaceWith(Fn<Failure, ? extends T> replacement) {
    return finish(new Catch.Replace((Fn<Failure, @Nullable Object>) (Fn<?, ?>) replacement));
  }

  /// Ends the pipeline here, as if the source had ended.
  public Pipeline<T> stop() {
    return finish(new Catch.Stop());
  }

  /// Gives the record to another sink and goes on.
  public Pipeline<T> deadLetter(Sink<DeadLetter> sink) {
    return finish(new Catch.ToDeadLetters(sink));
  }

  /// Drops the record and goes on; when everything is done, the run fails with the first failure
  /// taken, which carries up to 100 more as suppressed exceptions.
  public Pipeline<T> failAtEnd() {
    return finish(new Catch.FailAtEnd());
  }

  private Pipeline<T> finish(Catch.Outcome outcome) {
    return new Pipeline<>(
        new Step.Catching(
            upstream, new Catch(settings.types(), settings.when(), settings.onFailure(), outcome)));
  }
}
