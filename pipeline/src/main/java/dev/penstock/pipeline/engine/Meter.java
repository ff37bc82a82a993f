package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.StepSummary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// The counters of one step. Most steps pass on what they are given, so that their figures follow
/// from the step above and cost nothing per record; only a step that changes how many records there
/// are counts them. Fields are plain and have one writer each, but for `failed` and `retried`,
/// which concurrent calls add to atomically; whoever watches may see them a little late.
final class Meter {
  private static final VarHandle FAILED;
  private static final VarHandle RETRIED;

  static {
    try {
      FAILED = MethodHandles.lookup().findVarHandle(Meter.class, "failed", long.class);
      RETRIED = MethodHandles.lookup().findVarHandle(Meter.class, "retried", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Step step;
  final String name;
  final List<Meter> upstreams = new ArrayList<>();

  /// Whether `out` is counted here, instead of following from the other figures.
  final boolean counted;

  long out;
  long added;
  long dropped;
  long failed;
  long retried;
  long deadLettered;

  Meter(Step step, boolean counted) {
    this.step = step;
    this.name = Explain.name(step);
    this.counted = counted;
  }

  long in() {
    if (upstreams.size() == 1) {
      return upstreams.getFirst().out();
    }
    long in = 0;
    for (Meter upstream : upstreams) {
      in += upstream.out();
    }
    return in;
  }

  long out() {
    return counted ? out : in() - failed - dropped + added;
  }

  void addFailed() {
    FAILED.getAndAdd(this, 1L);
  }

  void addRetried() {
    RETRIED.getAndAdd(this, 1L);
  }

  StepSummary summary() {
    return new StepSummary(
        name, upstreams.isEmpty() ? out() : in(), out(), failed, retried, dropped);
  }
}
