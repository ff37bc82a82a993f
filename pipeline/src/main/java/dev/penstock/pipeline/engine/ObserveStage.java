package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Observed;
import dev.penstock.pipeline.plan.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts records and failures, and reports whenever one of the two counts has doubled, or at its
/// own rhythm.
final class ObserveStage extends Link implements Runnable {
  private static final System.Logger LOG = System.getLogger("dev.penstock.observe");

  private final String subject;
  private final Observation observation;
  private final long begun;
  private long elements;
  private long errors;
  private @Nullable Observed reported;
  private boolean warned;

  ObserveStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Step.Observe observe = (Step.Observe) step;
    subject = observe.subject();
    observation = observe.observation();
    begun = segment.run.clock.nanos();
    Duration interval = observation.interval();
    if (interval != null) {
      report();
      segment.run.every(interval, this); // not this::report: a copy is a class without a name
    }
  }

  /// Reports at the interval.
  @Override
  public void run() {
    report();
  }

  @Override
  boolean push(@Nullable Object record) {
    count(++elements);
    return down.push(record);
  }

  @Override
  boolean fail(Failure failure) {
    count(++errors);
    return down.fail(failure);
  }

  private void count(long n) {
    if (observation.interval() == null
        && (observation.every() == 0 ? (n & (n - 1)) == 0 : atItsRhythm(elements + errors))) {
      report();
    }
  }

  private boolean atItsRhythm(long seen) {
    return seen == 1 || seen % observation.every() == 0;
  }

  /// The interval's timer and the records may both come here.
  private synchronized void report() {
    Observed seen =
        new Observed(
            subject, Duration.ofNanos(segment.run.clock.nanos() - begun), errors, elements);
    reported = seen;
    if (observation.to() == null) {
      LOG.log(System.Logger.Level.INFO, seen.logfmt());
      return;
    }
    try {
      observation.to().accept(seen);
    } catch (Exception e) {
      if (!warned) {
        warned = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "the observer of \"" + subject + "\" throws; it is ignored",
            e);
      }
    }
  }

  @Override
  synchronized void close() {
    Observed last = reported;
    if (last == null
        || last.elements() != elements
        || last.errors() != errors
        || observation.interval() != null) {
      report();
    }
  }
}
