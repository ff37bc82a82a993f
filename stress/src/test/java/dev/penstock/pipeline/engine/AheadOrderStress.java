package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Reading ahead gives what was read, in order, though its list is so short that reader and taker
/// wait for each other all the time.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "in order, to the end")
@Outcome(expect = FORBIDDEN, desc = "lost, doubled, or out of order")
@State
public class AheadOrderStress {
  private final Numbers numbers = new Numbers(100);
  private final Ahead ahead = numbers.ahead(1);

  @Actor
  public void taker(L_Result result) {
    result.r1 = numbers.take(ahead);
  }
}
