package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.DeadlineExceeded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// A batch that only time can end is ended, whatever the thread that has to do it was about when
/// the batch began: the source gives no number before the last one has come out.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "to the end")
@Outcome(expect = FORBIDDEN, desc = "a batch that nobody ends")
@State
public class TimedWakeStress {
  private static final int COUNT = 5;

  private final Numbers numbers = new Numbers(COUNT);
  private final Out out = new Out();
  private final TimedHead head = numbers.batches(out, this::awaitOut);

  private void awaitOut(long last) {
    while (out.last < last) {
      Thread.onSpinWait();
      numbers.run.check();
    }
  }

  /// Where the batches come out.
  private static final class Out extends Stage {
    volatile long last;

    @Override
    boolean push(@Nullable Object record) {
      last = last + ((List<?>) record).size(); // by one thread at a time
      return true;
    }

    @Override
    boolean fail(Failure failure) {
      throw new IllegalStateException(failure.toThrow());
    }

    @Override
    void mark(Mark mark) {}

    @Override
    void end() {}
  }

  @Actor
  public void beside(L_Result result) {
    numbers.stopWhenLost();
    try {
      head.drain();
      head.finish();
      result.r1 = out.last == COUNT ? "whole" : "ended at " + out.last;
    } catch (DeadlineExceeded e) {
      result.r1 = "lost";
    } finally {
      numbers.run.close(null);
    }
  }
}
