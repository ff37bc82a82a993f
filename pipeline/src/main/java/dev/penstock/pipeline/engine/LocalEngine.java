package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Trait;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Runs plans on this machine, on the calling thread and on virtual threads that do not outlive the
/// run.
public final class LocalEngine {
  private static final System.Logger LOG = System.getLogger("dev.penstock.pipeline");

  /// How often a run claims anew; one of a group, without a commit in between.
  private static final int MOST_IN_VAIN = 5;

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
    boolean group = isGroup(plan);
    for (int inVain = 0; ; inVain++) {
      AtomicBoolean committed = new AtomicBoolean();
      try {
        return once(plan, each, name, resume, options, committed);
      } catch (Exception e) {
        inVain = group && committed.get() ? 0 : inVain;
        if (resume == null || inVain >= MOST_IN_VAIN || !goesOn(e, group)) {
          throw Sneaky.raise(e);
        }
        LOG.log(System.Logger.Level.WARNING, why(e, resume) + "; reading its positions again", e);
        pause(options, inVain);
      }
    }
  }

  /// Whether a run claims anew after this. A member of a group is fenced when it was thought dead;
  /// what it owns now, its broker says.
  private static boolean goesOn(Exception e, boolean group) {
    return e instanceof UnknownOutcome
        || (group && (e instanceof SplitsLost || e instanceof Fenced));
  }

  private static String why(Exception e, Resume resume) {
    return e instanceof UnknownOutcome
        ? "nobody knows whether the last commit of \"" + resume.name() + "\" took effect"
        : String.valueOf(e.getMessage());
  }

  private static boolean isGroup(Step plan) {
    return Opening.origin(plan) instanceof Step.Read(var source)
        && source.traits().contains(Trait.GROUP);
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
      RunOptions options,
      AtomicBoolean committed)
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
    committed.set(run.hasCommitted);
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

  /// What a plan promises, for people.
  public static String guarantee(Step.To plan, @Nullable Resume resume) {
    return Guarantee.of(plan, resume);
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
