package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class CatchingStage extends StatefulLink {
  private final Catch settings;
  private final @Nullable DeadLetters deadLetters;
  private boolean over;

  /// How many failures wait for the end of the run; survives a resume.
  private long kept;

  private @Nullable String firstKept;

  CatchingStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    settings = ((Step.Catching) step).settings();
    deadLetters =
        settings.outcome() instanceof Catch.ToDeadLetters to
            ? new DeadLetters(to.sink(), segment.run, meter)
            : null;
  }

  @Override
  boolean push(@Nullable Object record) {
    return !over && down.push(record);
  }

  @Override
  boolean fail(Failure failure) {
    if (over) {
      return false;
    }
    boolean taken;
    Object replacement = null;
    try {
      taken = takes(failure);
      if (taken && settings.onFailure() != null) {
        settings.onFailure().accept(failure);
      }
      if (taken && settings.outcome() instanceof Catch.Replace(var with)) {
        replacement = with.apply(failure);
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        throw Sneaky.raise(e);
      }
      return down.fail(
          new Failure(
              failure.record(),
              meter.name,
              failure.index(),
              failure.attempts(),
              e,
              failure.position()));
    }
    return taken ? settle(failure, replacement) : down.fail(failure);
  }

  private boolean takes(Failure failure) throws Exception {
    for (Class<? extends Exception> type : settings.types()) {
      if (type.isInstance(failure.cause())) {
        return settings.when() == null || settings.when().holds(failure);
      }
    }
    return false;
  }

  private boolean settle(Failure failure, @Nullable Object replacement) {
    switch (settings.outcome()) {
      case Catch.Skip _ -> {}
      case Catch.Replace _ -> {
        meter.added++;
        return down.push(replacement);
      }
      case Catch.Stop _ -> {
        over = true;
        segment.stop(this);
        return false;
      }
      case Catch.ToDeadLetters _ -> {
        if (deadLetters != null) {
          deadLetters.write(failure);
        }
      }
      case Catch.FailAtEnd _ -> {
        kept++;
        if (firstKept == null) {
          firstKept = failure.where() + ": " + failure.cause();
        }
        segment.run.failAtEnd(failure.toThrow());
      }
    }
    return true;
  }

  @Override
  @Nullable Object state() {
    return new Object[] {over, kept, firstKept};
  }

  @Override
  void restore(@Nullable Object state) {
    if (state instanceof Object[] stored) {
      over = (Boolean) stored[0];
      kept = (Long) stored[1];
      firstKept = (String) stored[2];
      if (over) {
        segment.stop(this);
      }
      if (kept > 0) {
        segment.run.failAtEnd(
            new IllegalStateException(
                kept + " records failed before the run was resumed, the first at " + firstKept));
      }
    }
  }

  @Override
  void mark(Mark mark) {
    flushDeadLetters();
    if (Resumability.isStateful(meter.step)) {
      super.mark(mark);
    } else {
      down.mark(mark);
    }
  }

  @Override
  void end() {
    flushDeadLetters();
    down.end();
  }

  private void flushDeadLetters() {
    if (deadLetters != null) {
      deadLetters.flush();
    }
  }

  @Override
  void close() throws Exception {
    if (deadLetters != null) {
      deadLetters.close();
    }
  }
}
