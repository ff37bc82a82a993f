package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.run.RunClock;
import dev.penstock.pipeline.run.StuckStep;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches the calls of one worker for their timeout. The worker says when a call begins and ends;
/// a timer looks, and interrupts. The handshake makes sure that only the call that took too long is
/// interrupted, never what comes after it.
final class Watch {
  private static final VarHandle PHASE;
  private static final int IDLE = 0;
  private static final int CALLING = 1;
  private static final int INTERRUPTED = 2;
  private static final int TIMED_OUT = 3;

  static {
    try {
      PHASE = MethodHandles.lookup().findVarHandle(Watch.class, "phase", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// How long a function may ignore being interrupted.
  static final Duration GRACE = Duration.ofSeconds(10);

  private final RunClock clock;
  private final String step;
  private final Duration timeout;
  private final long nanos;
  private final Consumer<Throwable> onStuck;
  private @Nullable Thread thread;
  private long deadline;
  private volatile int phase;

  Watch(RunClock clock, String step, Duration timeout, Consumer<Throwable> onStuck) {
    this.clock = clock;
    this.step = step;
    this.timeout = timeout;
    this.nanos = Durations.nanos(timeout);
    this.onStuck = onStuck;
  }

  void begin() {
    thread = Thread.currentThread();
    deadline = clock.nanos() + nanos;
    phase = CALLING;
  }

  /// The timeout that the call that just ended has run into; null when it was in time.
  @Nullable TimeoutException end() {
    if (PHASE.compareAndSet(this, CALLING, IDLE)) {
      return null;
    }
    while (phase == INTERRUPTED) {
      Thread.onSpinWait(); // the interruption is on its way
    }
    Thread.interrupted();
    phase = IDLE;
    return new TimeoutException("took longer than its timeout of " + Durations.text(timeout));
  }

  /// Called by the timer.
  void look() {
    int now = phase;
    Thread target = thread;
    if (now == IDLE || target == null) {
      return;
    }
    long late = clock.nanos() - deadline;
    if (now == CALLING && late >= 0 && PHASE.compareAndSet(this, CALLING, INTERRUPTED)) {
      target.interrupt();
      phase = TIMED_OUT;
    } else if (now == TIMED_OUT && late > GRACE.toNanos()) {
      onStuck.accept(new StuckStep(step, target));
    }
  }
}
