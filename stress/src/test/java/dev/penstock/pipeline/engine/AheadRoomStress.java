package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// A reader that is a whole window ahead, and goes to rest, learns of the room that was made just
/// then.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "in order, to the end")
@Outcome(expect = FORBIDDEN, desc = "lost, doubled, or out of order")
@State
public class AheadRoomStress {
  private final Numbers numbers = new Numbers(1_000);
  private final Ahead ahead = numbers.ahead(1);

  @Actor
  public void taker(L_Result result) {
    result.r1 = numbers.takeWhenFull(ahead);
  }
}
