package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Where reading ahead says that a cut may be, everything before it has been taken.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "no cut before its time")
@Outcome(expect = FORBIDDEN, desc = "a cut that covers what was not taken")
@State
public class AheadCutStress {
  private final Numbers numbers = new Numbers(100);
  private final Ahead ahead = numbers.ahead(4);

  @Actor
  public void taker(L_Result result) {
    result.r1 = numbers.takeAndCut(ahead);
  }
}
