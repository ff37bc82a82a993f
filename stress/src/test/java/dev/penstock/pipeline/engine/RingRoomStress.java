package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// The only worker of a ring that finds no room, and goes to rest, learns of the room that was made
/// just then.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "in order, to the end")
@Outcome(expect = FORBIDDEN, desc = "lost, doubled, or out of order")
@State
public class RingRoomStress {
  private final Numbers numbers = new Numbers(1_000);
  private final Ring ring = numbers.ring(1, 2, true);

  @Actor
  public void taker(L_Result result) {
    result.r1 = numbers.takeWhenFull(ring);
  }
}
