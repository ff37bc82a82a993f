package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.UnknownOutcome;
import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.RunListeners;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs plans on this machine, on the calling thread and on virtual threads that do not outlive the
/// run.
public final class LocalEngine {
  private static final System.Logger LOG = System.getLogger("dev.penstock.pipeline");

  /// How often a run whose commit had an unknown outcome claims anew.
  private static final int UNKNOWN_OUTCOMES = 5;

  private static final Duration LOOK = Duration.ofMillis(20);

  private LocalEngine() {}

  /// Runs a plan to its end.
  ///
  /// @param each told of each record of a plan without a sink; null for nobody
  /// @throws RuntimeException and anything else that user code may throw, as it is
  public static Summary run(
      Step plan,
      @Nullable Action<@Nullable Object> each,
      String name,
      @Nullable Resume resume,
      RunOptions options) {
    for (int unknown = 0; ; unknown++) {
      try {
        return once(plan, each, name, resume, options);
      } catch (Exception e) {
        if (!(e instanceof UnknownOutcome) || resume == null || unknown >= UNKNOWN_OUTCOMES) {
          throw Sneaky.raise(e);
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "nobody knows whether the last commit of \""
                + resume.name()
                + "\" took effect; reading its positions again",
            e);
        pause(options, unknown);
      }
    }
  }

  private static void pause(RunOptions options, int unknown) {
    try {
      options.clock().sleep(100_000_000L << unknown);
    } catch (InterruptedException e) {
      throw Sneaky.raise(e);
    }
  }

  private static Summary once(
      Step plan,
      @Nullable Action<@Nullable Object> each,
      String name,
      @Nullable Resume resume,
      RunOptions options)
      throws Exception {
    List<RunListener> listeners = listeners(options);
    Run run = new Run(plan, name, options, listeners);
    long begun = run.clock.nanos();
    Throwable failure = null;
    run.enter();
    try (var _ = cancellation(options, run)) {
      Compiler compiler =
          new Compiler(run, Specializer.isWorthwhile(Opening.origin(plan)), resume != null);
      Head head = compiler.compile(plan, new DrainStage(each));
      if (!listeners.isEmpty()) {
        run.every(LOOK, run.gauges::sample);
      }
      tell(listeners, listener -> listener.started(run));
      Opening.open(run, plan, resume, compiler);
      if (!head.segment.stopped) {
        head.drain();
      }
      head.finish();
    } catch (Throwable t) {
      failure = run.reason(t);
    }
    failure = run.close(failure);
    run.leave();
    Throwable result = failure == null ? run.takeAtEnd() : failure;
    Summary summary = run.summary(Duration.ofNanos(run.clock.nanos() - begun));
    tell(listeners, listener -> listener.finished(run, summary, result));
    if (result != null) {
      throw Sneaky.raise(result);
    }
    return summary;
  }

  private static RunListeners.Registration cancellation(RunOptions options, Run run) {
    return options.cancellation() == null ? () -> {} : options.cancellation().onCancel(run::cancel);
  }

  private static List<RunListener> listeners(RunOptions options) {
    List<RunListener> all = new ArrayList<>(RunListeners.all());
    if (options.listener() != null) {
      all.add(options.listener());
    }
    return all;
  }

  static void tell(List<RunListener> listeners, java.util.function.Consumer<RunListener> what) {
    for (RunListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a run listener throws; it is ignored", e);
      }
    }
  }

  /// Why a plan cannot be resumed, whatever its sources hold; empty when it can.
  public static Optional<String> whyNotResumable(Step.To plan) {
    return Resumability.refusal(plan);
  }

  /// Forgets how far a plan has come.
  ///
  /// @throws RuntimeException and anything else that the target may throw, as it is
  public static void forget(Step.To plan, Resume resume) {
    try (CommitLog log = Opening.log(plan.sink())) {
      log.forget(resume.name());
    } catch (Exception e) {
      throw Sneaky.raise(e);
    }
  }

  /// An iterator over the records of a plan without a sink.
  public static <T extends @Nullable Object> RecordIterator<T> iterator(
      Step plan, RunOptions options) {
    return new PulledRun<>(plan, options);
  }
}
