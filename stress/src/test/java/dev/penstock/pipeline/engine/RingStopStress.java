package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.penstock.pipeline.run.RunCancelled;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// A taker that waits learns at once that its run was cancelled, whenever that happens.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "it was faster")
@Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "it was stopped")
@Outcome(expect = FORBIDDEN, desc = "a wait without an end")
@State
public class RingStopStress {
  private final Numbers numbers = new Numbers(3);
  private final Ring ring = numbers.ring(2, 1, true);

  @Actor
  public void taker(L_Result result) {
    numbers.run.enter();
    try {
      result.r1 = numbers.take(ring);
    } catch (Exception e) {
      result.r1 = numbers.run.reason(e) instanceof RunCancelled ? "cancelled" : e.toString();
    } finally {
      numbers.run.leave();
      numbers.run.close(null);
    }
  }

  @Actor
  public void canceller() {
    numbers.run.cancel();
  }
}
