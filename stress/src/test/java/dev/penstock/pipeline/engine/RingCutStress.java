package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Where a ring says that a cut may be, everything before it has been taken.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "no cut before its time")
@Outcome(expect = FORBIDDEN, desc = "a cut that covers what was not taken")
@State
public class RingCutStress {
  private final Numbers numbers = new Numbers(100);
  private final Ring ring = numbers.ring(3, 4, true);

  @Actor
  public void taker(L_Result result) {
    result.r1 = numbers.takeAndCut(ring);
  }
}
